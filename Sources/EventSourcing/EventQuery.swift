/// Which events a decision or a reader is about: items are or-ed; within an item a listed type and all listed tags.
package struct EventQuery: Hashable, Sendable {
    /// One alternative; a missing list means no constraint, and one with neither is a bug of ours.
    package struct Item: Hashable, Sendable {
        package let types: Set<String>
        package let tags: Set<EventTag>

        /// Names at least one type or tag, at most 64 types and 8 tags.
        package init(types: Set<String> = [], tags: Set<EventTag> = []) {
            precondition(
                !types.isEmpty || !tags.isEmpty, "an item names a type or a tag; use EventQuery.all for everything")
            precondition(types.count <= 64 && tags.count <= 8, "an item has at most 64 types and 8 tags")
            self.types = types
            self.tags = tags
        }

        /// Whether one event is meant.
        package func matches(type: String, tags eventTags: Set<EventTag>) -> Bool {
            (types.isEmpty || types.contains(type)) && tags.isSubset(of: eventTags)
        }
    }

    /// At most 16 alternatives; none at all means every event.
    package let items: [Item]

    /// Takes 1 to 16 alternatives; use ``all`` for every event.
    package init(_ items: [Item]) {
        precondition(
            !items.isEmpty && items.count <= 16, "a query has 1 to 16 items; use EventQuery.all for everything")
        self.items = items
    }

    private init() {
        items = []
    }

    /// Every event.
    package static let all = EventQuery()

    /// Events that carry all of these tags, of any type or of one of `types`.
    package static func tagged(_ tags: EventTag..., types: Set<String> = []) -> EventQuery {
        EventQuery([Item(types: types, tags: Set(tags))])
    }

    /// Events of these types.
    package static func types(_ types: Set<String>) -> EventQuery {
        EventQuery([Item(types: types)])
    }

    /// Events that match this query or the other.
    package func or(_ other: EventQuery) -> EventQuery {
        items.isEmpty || other.items.isEmpty ? .all : EventQuery(items + other.items.filter { !items.contains($0) })
    }

    /// Whether one event is meant.
    package func matches(type: String, tags: Set<EventTag>) -> Bool {
        items.isEmpty || items.contains { $0.matches(type: type, tags: tags) }
    }
}

/// The append must fail if an event matching the query was committed after this place.
package struct AppendCondition: Hashable, Sendable {
    package let failIfEventsMatch: EventQuery
    /// The head of the read the decision was made from; ``Position/start`` guards all of history.
    package let after: Position

    package init(failIfEventsMatch query: EventQuery, after: Position) {
        failIfEventsMatch = query
        self.after = after
    }
}
