package import EventSourcing
package import Testing

/// Holds a decider to its rule: given this history, when this command, then exactly these events.
///
/// Every specification also asks the decider twice, since equal history and command must give an equal answer, and
/// takes the new events in, since what was decided must be fit to evolve from.
package func expect<D: Decider>(
    _ decider: D.Type, given history: [D.Event] = [], when command: D.Command, then events: [D.Event],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let decided = decision(decider, history, command, sourceLocation) else { return }
    #expect(decided.map(\.event) == events, sourceLocation: sourceLocation)
}

/// Holds a decider to its rule including tags, disclosure and sealed text.
package func expect<D: Decider>(
    _ decider: D.Type, given history: [D.Event] = [], when command: D.Command, decides expected: [Decided<D.Event>],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let decided = decision(decider, history, command, sourceLocation) else { return }
    #expect(decided == expected, sourceLocation: sourceLocation)
}

/// Holds a decider to its refusal.
package func expect<D: Decider>(
    _ decider: D.Type, given history: [D.Event] = [], when command: D.Command, refuses refusal: D.Refusal,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(throws: refusal, sourceLocation: sourceLocation) {
        try D(replaying: history).decide(command)
    }
}

private func decision<D: Decider>(
    _ decider: D.Type, _ history: [D.Event], _ command: D.Command, _ sourceLocation: SourceLocation
) -> [Decided<D.Event>]? {
    do {
        var state = D(replaying: history)
        let decided = try state.decide(command)
        #expect(try state.decide(command) == decided, "a decision is repeatable", sourceLocation: sourceLocation)
        for each in decided { state.evolve(with: each.event) }
        return decided
    } catch {
        Issue.record("refused: \(error)", sourceLocation: sourceLocation)
        return nil
    }
}
