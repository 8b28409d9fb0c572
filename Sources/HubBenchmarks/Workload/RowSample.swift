import EventSourcing

/// What events of a shape come to on average, measured on a thousand of them: the mean row, and what making one costs.
struct RowSample: Sendable {
    /// Events of the sample, to be handed to peers, which write the same ones.
    let events: [NewEvent]
    let meanRowBytes: Double
    let meanFeedEntries: Double
    /// Producers make their events on the same cores as the log works on; microseconds an event.
    let microsecondsToMake: Double

    init(_ workload: BenchWorkload, events count: Int = 1000) {
        var chance = SeededChance(seed: workload.shape.seed, stream: .max)
        let clock = ContinuousClock()
        let began = clock.now
        let now = BenchClock().now()
        let events = (0..<count).map { index in
            let subject = workload.subject(index: index, lane: 0, lanes: 1, &chance)
            let command = UniqueID(versionSevenAt: now, random: (chance.next(), chance.next()))
            return workload.event(
                subject, tags: workload.tags(subject), command: command, account: workload.account(&chance), at: now,
                &chance)
        }
        microsecondsToMake = (clock.now - began).inSeconds * 1_000_000 / Double(max(1, count))
        meanRowBytes = Double(events.map(BenchWorkload.rowBytes).reduce(0, +)) / Double(max(1, count))
        meanFeedEntries = Double(events.map(\.disclosure.groups.count).reduce(0, +)) / Double(max(1, count))
        self.events = events
    }
}
