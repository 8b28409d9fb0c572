package import EventSourcing
package import RuleBook

/// Publishes many rules together: all of them, or none.
package struct PublishRules: HubCommand {
    package static let name = "PublishRules"
    package static var subjectKind: SubjectKind { .none }
    package static var action: Action { .publishRules }
    /// As many events as one append takes (`FORMATS.md` §1).
    static let most = AppendLimits.events

    /// In the order in which one needs another.
    package var publications: [RuleBookCommand]

    package init(publications: [RuleBookCommand]) {
        self.publications = publications
    }

    package func boundary(_ context: CommandContext) -> EventQuery { RuleBook.boundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try context.requireTime(notBefore: nil)
        var book = boundary.ruleBook
        var events: [Decided<HubEvent>] = []
        for (index, publication) in publications.enumerated() {
            let field = "publications[\(index)]"
            // Keys and the hub's own beginning have their own ways in, with their own checks.
            switch publication {
            case .createHub, .registerDepartmentKeys:
                throw PublishRefusal.notPublished.told(at: field)
            case .registerDepartment, .registerTown, .changePostHolder, .succeedDepartment, .publishPolicyItem,
                .retirePolicyItem, .reviseDispatchCatalog, .publishDeadlineRule, .publishCalendar:
                break
            }
            do throws(RuleBookRefusal) {
                for decided in try book.decide(publication) {
                    book.evolve(with: decided.event)
                    events.append(decided.lifted(HubEvent.ruleBook))
                }
            } catch {
                throw CommandRefusal(
                    error.code, .conflictingRule, field: field, error.sentence.chinese, error.sentence.english)
            }
        }
        guard events.count <= Self.most else {
            throw PublishRefusal.tooMany.told
        }
        return events
    }
}

extension Boundary {
    /// The rule book as the boundary read it.
    var ruleBook: RuleBook {
        RuleBook(
            replaying: entries.compactMap { entry in
                if case .ruleBook(let event) = entry.event { event } else { nil }
            })
    }
}
