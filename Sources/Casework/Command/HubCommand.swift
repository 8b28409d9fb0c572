package import EventSourcing
package import RuleBook

/// One thing the hub can be asked to do; the value is the `open` body of the request.
package protocol HubCommand: Codable, Sendable {
    /// The name in paths and messages, `DispatchReferral`; never renamed.
    static var name: String { get }
    /// What it is addressed to; where several kinds are possible, the usual one, and all of them in ``subjects``.
    static var subjectKind: SubjectKind { get }
    /// Every kind it may be addressed to.
    static var subjects: Set<SubjectKind> { get }
    /// The groups of sealed text it may carry.
    static var sealedGroups: Set<FieldGroup> { get }
    /// What sending it is, to the permission table; whom that does not name is refused.
    static var action: Action { get }

    /// What has to be read before the decision, and must not have grown when its events are appended.
    func boundary(_ context: CommandContext) -> EventQuery

    /// What has to be read and guarded besides, known only from the first read; nothing when that was enough.
    ///
    /// The desk then reads ``boundary(_:)`` or-ed with this, and decides on the whole.
    func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery?

    /// The events to append, oldest first; none when the command already took effect.
    ///
    /// - Throws: ``CommandRefusal`` naming the rule, the field and the remedy.
    func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>]
}

extension HubCommand {
    package static var subjects: Set<SubjectKind> { [subjectKind] }
    package static var sealedGroups: Set<FieldGroup> { [] }
    /// Who may send it, some only under conditions.
    package static var roles: Set<Role> { PermissionTable.roles(for: action) }
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? { nil }
}
