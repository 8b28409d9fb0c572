package import EventSourcing
package import RuleBook

/// Puts a successor department in the place of one after a reform; limits go on.
package struct SupersedeReferral: HubCommand {
    package static let name = "SupersedeReferral"
    package static let subjectKind = SubjectKind.referral
    package static let action = Action.reopenReferral

    /// Whose place it is; the lead when left out.
    package var department: DepartmentCode?
    package var successor: DepartmentCode
    /// The decision that the reform rests on.
    package var basis: String

    package init(department: DepartmentCode? = nil, successor: DepartmentCode, basis: String) {
        self.department = department
        self.successor = successor
        self.basis = basis
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    /// The registry's parts of the people the predecessor may read of.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        boundary.registryOfGrant(to: department, context)
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard let registered = context.rules.department(successor), registered.kind.mayReceiveReferral else {
            throw ReferralRefusal.successorWrong.told
        }
        // A reform is laid down in the rule book, not here: nobody takes a place the rules did not give them.
        // Asked again, the successor stands there already.
        guard let old = department ?? boundary.lead(context),
            old == successor || context.rules.successor(of: old, on: context.day) == successor
        else { throw ReferralRefusal.notTheSuccessor.told }
        return try boundary.decideReferral(
            .supersede(
                department, by: successor, basis: basis, try boundary.releasable(context),
                withheld: try boundary.withheld(from: successor, context)), context)
    }
}
