/// The pure core of one consistency boundary: history in, decision out.
///
/// The conforming value is the state. Clocks, identifiers and chance arrive inside the command, so equal history and
/// equal command always give an equal answer.
package protocol Decider: Sendable {
    associatedtype Command: Sendable
    associatedtype Event: DomainEvent
    associatedtype Refusal: Error, Hashable

    /// The state before anything has happened.
    init()

    /// Events to append, oldest first; empty when the command already took effect.
    func decide(_ command: Command) throws(Refusal) -> [Decided<Event>]

    /// Takes in one recorded event; what happened cannot be refused.
    mutating func evolve(with event: Event)
}

extension Decider {
    /// The state after `history`, oldest event first.
    package init(replaying history: some Sequence<Event>) {
        self.init()
        for event in history { evolve(with: event) }
    }
}

/// A piece of personal text that passes through a decider unread: an index into what came with the command.
package struct SealedHandle: Hashable, Sendable {
    package let index: Int

    package init(_ index: Int) {
        self.index = index
    }
}

/// Personal text to be sealed into an event, under the key of one person.
package struct SealedText: Hashable, Sendable {
    package let group: FieldGroup
    package let person: PersonReference
    package let handle: SealedHandle

    package init(_ group: FieldGroup, of person: PersonReference, _ handle: SealedHandle) {
        self.group = group
        self.person = person
        self.handle = handle
    }
}

/// An event a decider wants recorded: the fact, what it is about, who learns what, and its sealed text.
package struct Decided<Event: DomainEvent>: Hashable, Sendable {
    package let event: Event
    package let tags: Set<EventTag>
    package let disclosure: Disclosure
    package let sealed: [SealedText]

    package init(_ event: Event, tags: Set<EventTag>, disclosure: Disclosure = .none, sealed: [SealedText] = []) {
        self.event = event
        self.tags = tags
        self.disclosure = disclosure
        self.sealed = sealed
    }
}
