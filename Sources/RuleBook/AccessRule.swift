/// What one cell of the permission table says; what it does not say is denied.
package enum AccessRule: Hashable, Sendable {
    case denied
    /// Allowed where every condition holds; without one, everywhere.
    case allowed(if: Set<AccessCondition>)

    /// What has to hold besides the role; nothing where the cell denies.
    package var conditions: Set<AccessCondition>? {
        switch self {
        case .denied: nil
        case .allowed(let conditions): conditions
        }
    }
}

extension AccessRule: CustomStringConvertible {
    /// `-`, `yes`, or the conditions in order, joined by `+`.
    package var description: String {
        switch self {
        case .denied: "-"
        case .allowed(let conditions):
            conditions.isEmpty ? "yes" : conditions.map(\.rawValue).sorted().joined(separator: "+")
        }
    }
}

/// What has to hold of case and caller before a cell of the permission table allows something.
package enum AccessCondition: String, CaseIterable, Hashable, Sendable {
    /// The case or request belongs to the caller's town.
    case ownTown
    /// The case or request belongs to the caller's village.
    case ownVillage
    /// The caller's department has, or was asked for, a part in the case.
    case ownReferral
    /// The department or post named is the caller's own.
    case ownDepartment
    /// The case is before a joint meeting: asked for and not refused, on an agenda, or triaged to one.
    case onAgenda
    /// The caller acts in a post that heads its department, where the department names one.
    case headPost
    /// The caller has handled nothing of the case: who decided or visited does not verify (I-16).
    case notHandler
    /// An emergency access of the caller's runs on the case.
    case emergency
    /// The item decided is the caller's department's: by its policy, or by the referral its decision rests on.
    case ownItem
    /// The item decided was triaged to a case-by-case decision, or its refusal was overturned (§4.8, note 4).
    case exceptionalItem
    /// The rule book delegates the item's decisions to the caller's town that day (§4.8, "if delegated").
    case delegatedItem
    /// What goes out stays with a body of the caller's own town (I-9).
    case insideTown
}
