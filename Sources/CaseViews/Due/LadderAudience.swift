import Deadlines
import EventSourcing
import RuleBook

/// Who is told of a deadline at each rung (`reference/deadlines.md` §5.6).
///
/// The handler is the post that has the referral or the case; where no post has it yet, the whole desk it lies on.
struct LadderAudience {
    private let row: DeadlineRow
    private let caseRow: CaseRow?
    private let rules: RuleBook

    init(_ row: DeadlineRow, _ caseRow: CaseRow?, _ rules: RuleBook) {
        self.row = row
        self.caseRow = caseRow
        self.rules = rules
    }

    /// Recipients of one rung, sorted, each once.
    func told(_ level: LadderLevel, isUrgent: Bool) -> [NoticeRecipient] {
        var told: Set<NoticeRecipient>
        switch (level, isUrgent) {
        case (.warning, _): told = [handler]
        case (.dueDay, false): told = [handler, liaison]
        case (.dueDay, true): told = [handler, .role(.dispatcher)]
        case (.overdue1, false): told = Set(heads)
        case (.overdue1, true): told = [.role(.supervisor)]
        case (.overdue3, _): told = [.role(.dispatcher), .role(.supervisor)]
        case (.overdue5, _): told = [.role(.meetingOffice)]
        }
        return told.sorted()
    }

    /// Whoever has to act now.
    var handler: NoticeRecipient {
        if let owner = row.owner {
            if let post = handlingPost, post.department == owner { return .post(post) }
            return .department(owner)
        }
        switch row.duty {
        case .meetingOffice: return .role(.meetingOffice)
        case .town: return row.town.map(NoticeRecipient.town) ?? .role(.dispatcher)
        // What the applicant owes is watched by whoever has the case: a person decides when it has run out.
        case .centre, .applicant, .lead, .department:
            return caseRow?.post.map(NoticeRecipient.post) ?? .role(.dispatcher)
        }
    }

    /// The desk of the body, which hears of a last day beside the handler.
    private var liaison: NoticeRecipient { row.owner.map(NoticeRecipient.department) ?? handler }

    private var heads: [NoticeRecipient] {
        guard let owner = row.owner else { return [.role(.supervisor)] }
        let posts = rules.department(owner)?.posts.filter(\.head).map { NoticeRecipient.post($0.code) } ?? []
        return posts.isEmpty ? [.department(owner)] : posts
    }

    private var handlingPost: PostCode? {
        guard row.id.scope.kind == .referral, let id = ReferralID(String(row.id.scope.name)) else { return nil }
        return caseRow?.referral(id)?.handlingPost
    }
}
