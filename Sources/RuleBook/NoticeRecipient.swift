package import EventSourcing

/// Whom a notice is for: a post, a body's desk, a town's station or an office of the centre; never a person.
///
/// Written `post:minzheng/desk`, `dept:jiaoyu`, `town:huangtang` or `role:dispatcher`.
package enum NoticeRecipient: Hashable, Comparable, TextCodable {
    /// Whoever holds the post.
    case post(PostCode)
    /// Whoever works at a department, where no post has it yet.
    case department(DepartmentCode)
    /// The station of a town.
    case town(TownCode)
    /// Everybody with this role at the centre.
    case role(Role)

    package static var textForm: String { "a recipient such as post:minzheng/desk, dept:jiaoyu or role:dispatcher" }
    package static var textShape: TextShape {
        let roles = Role.allCases.map(\.rawValue).joined(separator: "|")
        return TextShape(
            pattern: "^(post:[a-z0-9-]{2,24}/[a-z0-9-]{1,32}|dept:[a-z0-9-]{2,24}|town:[a-z0-9-]{1,32}"
                + "|role:(\(roles)))$",
            example: "role:dispatcher")
    }

    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = String(text[text.index(after: colon)...])
        let recipient: Self? =
            switch text[..<colon] {
            case "post": PostCode(name).map(Self.post)
            case "dept": DepartmentCode(name).map(Self.department)
            case "town": TownCode(name).map(Self.town)
            case "role": Role(rawValue: name).map(Self.role)
            default: nil
            }
        guard let recipient else { return nil }
        self = recipient
    }

    package var description: String {
        switch self {
        case .post(let code): "post:\(code)"
        case .department(let code): "dept:\(code)"
        case .town(let code): "town:\(code)"
        case .role(let role): "role:\(role.rawValue)"
        }
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}

extension NoticeRecipient {
    /// Whose notices an account reads: its own post's, its office's, its desk's; a head those of every head's post.
    ///
    /// An account that is registered for no post shares its desk, and so reads what is for the posts there.
    package static func mailboxes(
        of role: Role, department: DepartmentCode?, town: TownCode?, post: PostCode?, rules: RuleBook
    ) -> Set<NoticeRecipient> {
        var boxes: Set<NoticeRecipient> = []
        if let post { boxes.insert(.post(post)) }
        switch role {
        case .dispatcher, .supervisor, .approver, .meetingOffice:
            boxes.insert(.role(role))
            guard post == nil else { break }
            let shared = rules.departments.flatMap(\.posts).filter { $0.roles?.contains(role) == true }
            boxes.formUnion(shared.map { .post($0.code) })
        case .station:
            if let town { boxes.insert(.town(town)) }
        case .department, .departmentHead:
            guard let department else { break }
            boxes.insert(.department(department))
            let posts = rules.department(department)?.posts ?? []
            if role == .departmentHead { boxes.formUnion(posts.filter(\.head).map { .post($0.code) }) }
            if post == nil { boxes.formUnion(posts.filter { !$0.head }.map { .post($0.code) }) }
        case .village, .voluntary, .auditor, .operator: break
        }
        return boxes
    }
}
