package import EventSourcing
package import RuleBook

/// Says that the notices of one's post, department, station or office are read up to a place.
package struct MarkNoticesRead: HubCommand {
    package static let name = "MarkNoticesRead"
    package static let subjectKind = SubjectKind.none
    package static let action = Action.readNotices

    package var recipient: NoticeRecipient
    /// Position of the newest notice read.
    package var through: Int

    package init(recipient: NoticeRecipient, through: Int) {
        self.recipient = recipient
        self.through = through
    }

    package func boundary(_ context: CommandContext) -> EventQuery { .types([DeadlineEvent.Kind.noticesRead.rawValue]) }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let own = Role(rawValue: context.actor.role).map { role in
            NoticeRecipient.mailboxes(
                of: role, department: context.actor.department, town: context.town,
                post: context.ownPost ?? context.actor.post, rules: context.rules)
        }
        guard own?.contains(recipient) == true else { throw DeadlineRefusal.noticesOfOthers.told }
        guard through > 0 else { throw DeadlineRefusal.nothingRead.told }
        let isRead = boundary.entries.contains { entry in
            guard case .casework(.deadline(.noticesRead(let read))) = entry.event else { return false }
            return read.recipient == recipient && read.through >= through
        }
        if isRead { return [] }
        return [
            Decided(
                .casework(.deadline(.noticesRead(.init(recipient: recipient, through: through)))), tags: recipient.tags)
        ]
    }
}

extension NoticeRecipient {
    /// What an event about it is tagged with; an office of the centre has no tag.
    fileprivate var tags: Set<EventTag> {
        switch self {
        case .post(let post): [.department(post.department)]
        case .department(let code): [.department(code)]
        case .town(let code): [.town(code)]
        case .role: []
        }
    }
}
