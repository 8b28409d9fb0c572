package import EventSourcing
package import WorkingCalendar

/// What is known of the staff themselves: whom they may not judge, and who stands in for whom.
package struct StaffRegister: Hashable, Sendable {
    /// Reads and guards what it is made of.
    package static let boundary = EventQuery.types([
        DeskEvent.Kind.conflictDeclared.rawValue, DeskEvent.Kind.conflictLifted.rawValue,
        DeskEvent.Kind.leaveRecorded.rawValue,
    ])

    private var ofAccounts: [AccountID: Set<PersonReference>] = [:]
    /// By whom it was said of the post: each can be lifted without the other's.
    private var ofPosts: [PostCode: [PersonReference: Set<AccountID>]] = [:]
    private var leaves: [PostCode: [DeskEvent.LeaveRecorded]] = [:]

    package init() {}

    /// Takes in one event of the desk.
    package mutating func evolve(with event: DeskEvent) {
        switch event {
        case .conflictDeclared(let declared):
            ofAccounts[declared.account, default: []].insert(declared.person)
            if let post = declared.post {
                ofPosts[post, default: [:]][declared.person, default: []].insert(declared.account)
            }
        case .conflictLifted(let lifted):
            ofAccounts[lifted.account]?.remove(lifted.person)
            for post in ofPosts.keys { ofPosts[post]?[lifted.person]?.remove(lifted.account) }
        case .leaveRecorded(let leave):
            leaves[leave.post, default: []].removeAll { $0.from == leave.from }
            leaves[leave.post, default: []].append(leave)
        case .caseAssigned, .caseHandedOver, .promiseKept, .recordsRead, .attachmentStored, .deliveryRecorded,
            .conflictDetected, .emergencyAccessUsed, .emergencyAccessReviewed:
            break
        }
    }

    /// Persons an account, or a post it acts in, has declared a conflict with (N-8).
    package func conflicts(of account: AccountID, in posts: Set<PostCode> = []) -> Set<PersonReference> {
        posts.reduce(into: ofAccounts[account] ?? []) { found, post in
            found.formUnion((ofPosts[post] ?? [:]).filter { !$0.value.isEmpty }.keys)
        }
    }

    /// Accounts that declared a conflict with any of these people (N-8).
    package func accounts(inConflictWith people: Set<PersonReference>) -> Set<AccountID> {
        Set(ofAccounts.filter { !$0.value.isDisjoint(with: people) }.keys)
    }

    /// Who stands in for a post on a day; nothing when it is there.
    package func deputy(of post: PostCode, on day: CivilDay) -> PostCode? {
        leaves[post]?.last { $0.from <= day && day <= $0.through }?.deputy
    }

    /// The posts a post stands in for on a day, sorted.
    package func posts(deputisedBy deputy: PostCode, on day: CivilDay) -> [PostCode] {
        leaves.keys.filter { self.deputy(of: $0, on: day) == deputy }.sorted()
    }

    /// Whether exactly this leave is the one in force.
    func knows(_ leave: DeskEvent.LeaveRecorded) -> Bool { leaves[leave.post]?.contains(leave) == true }

    /// Whether a post is away on any day of a span.
    package func isAway(_ post: PostCode, from first: CivilDay, through last: CivilDay) -> Bool {
        leaves[post]?.contains { $0.from <= last && first <= $0.through } == true
    }
}

extension Boundary {
    /// What the events read say of the staff.
    var staff: StaffRegister {
        var staff = StaffRegister()
        for entry in entries {
            if case .casework(.desk(let event)) = entry.event { staff.evolve(with: event) }
        }
        return staff
    }
}
