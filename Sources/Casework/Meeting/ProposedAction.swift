package import Deadlines
package import EventSourcing
package import RuleBook

/// An action put to the meeting; lead and co-handlers come from the catalogue.
package struct ProposedAction: Codable, Hashable, Sendable {
    package var task: TaskCode
    /// Agenda items it serves; none for supporting work.
    package var items: [ItemID]?
    /// The catalogue's when left out.
    package var lead: DepartmentCode?
    /// The catalogue's when left out; may be fewer.
    package var coHandlers: [DepartmentCode]?
    /// The catalogue's when left out.
    package var limit: DeadlineLimit?

    package init(
        task: TaskCode, items: [ItemID]? = nil, lead: DepartmentCode? = nil, coHandlers: [DepartmentCode]? = nil,
        limit: DeadlineLimit? = nil
    ) {
        self.task = task
        self.items = items
        self.lead = lead
        self.coHandlers = coHandlers
        self.limit = limit
    }
}
