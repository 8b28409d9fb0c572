package import EventSourcing

/// Whoever sends a command or reads, as the token said: never taken from the body of a request.
package struct Principal: Hashable, Sendable {
    package let account: AccountID
    package let role: Role
    /// Set for ``Role/department``, ``Role/departmentHead`` and ``Role/voluntary``.
    package let department: DepartmentCode?
    /// Set for ``Role/station`` and ``Role/village``: what they see ends at its border.
    package let town: TownCode?
    package let post: PostCode?

    package init(
        account: AccountID, role: Role, department: DepartmentCode? = nil, town: TownCode? = nil, post: PostCode? = nil
    ) {
        self.account = account
        self.role = role
        self.department = department
        self.town = town
        self.post = post
    }

    /// How the metadata of an event names this actor.
    ///
    /// - Parameter post: The acting post, if the command names one; otherwise the account's own.
    package func actor(actingPost post: PostCode? = nil) -> EventMetadata.Actor {
        EventMetadata.Actor(
            account: account, post: post ?? self.post, department: department, role: role.rawValue)
    }
}
