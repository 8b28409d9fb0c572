package import EventSourcing
package import RuleBook

/// A command that publishes one version of one rule; its boundary is the whole rule book.
package protocol RuleCommand: HubCommand {
    /// What is asked of the rule book.
    var publication: RuleBookCommand { get }
}

extension RuleCommand {
    package static var subjectKind: SubjectKind { .none }
    package static var action: Action { .publishRules }

    package func boundary(_ context: CommandContext) -> EventQuery { RuleBook.boundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try context.requireTime(notBefore: nil)
        do throws(RuleBookRefusal) {
            return try boundary.ruleBook.decide(publication).map { $0.lifted(HubEvent.ruleBook) }
        } catch {
            throw CommandRefusal(error)
        }
    }
}
