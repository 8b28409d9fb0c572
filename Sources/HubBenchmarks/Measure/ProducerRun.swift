import CSupport
import EventSourcing
import FoundationEssentials

/// How producers work in one measurement: a closed loop, each sends its next request when the last one is answered.
struct ProducerPlan: Sendable {
    var producers: Int
    /// Events of one request, 1 through 256.
    var eventsInAppend: Int
    /// Whether each append fails if its case was touched after what the producer knows.
    var isConditional: Bool
    /// It ends after this long, or when so many events are written, whichever comes first.
    var seconds: Double?
    var events: Int?
}

/// What producers were told, all together.
struct ProducerTotals: Sendable {
    var events = 0
    var appends = 0
    /// Refused because somebody touched the case; producers have cases of their own, so each is a fault.
    var conflicts = 0
    /// First and last position of each answer.
    var answers: [ClosedRange<UInt64>] = []
    /// Events by tag.
    var tally: [String: Int] = [:]
    var latency = LatencyHistogram()
    /// From the start of the first producer to the end of the last.
    var elapsed: Double = 0
    /// What no append should say, in its own words; the run is then not valid.
    var failures: [String] = []

    mutating func merge(_ other: Self) {
        events += other.events
        appends += other.appends
        conflicts += other.conflicts
        answers += other.answers
        tally.merge(other.tally, uniquingKeysWith: +)
        latency.merge(other.latency)
        elapsed += other.elapsed
        failures += other.failures
    }

    var eventsPerSecond: Double { elapsed > 0 ? Double(events) / elapsed : 0 }
}

/// Runs producers against a log.
struct ProducerRun: Sendable {
    let log: any EventLog
    let workload: BenchWorkload
    let plan: ProducerPlan
    /// Events the log had before, from which the ages of cases follow.
    let start: UInt64
    /// Tells this run's chance from every other run's.
    let stream: UInt64

    /// - Parameter answered: Called with the positions of each answer, by whichever producer got it.
    func run(answered: @escaping @Sendable (ClosedRange<UInt64>) -> Void = { _ in })
        async throws(BenchFailure) -> ProducerTotals
    {
        let head: Position
        do { head = try await log.head().position } catch { throw .log(error, "head") }
        let clock = ContinuousClock()
        let began = clock.now
        let end = plan.seconds.map { began + .seconds($0) }
        let totals = await withTaskGroup(of: ProducerTotals.self) { group in
            for lane in 0..<plan.producers {
                // A child of this group, which waits for every producer before it returns.
                group.addTask { await produce(lane: lane, from: head, until: end, answered) }
            }
            var totals = ProducerTotals()
            for await one in group { totals.merge(one) }
            return totals
        }
        if csupport_stop_requested() == 1 { throw .stopped }
        var timed = totals
        timed.elapsed = (clock.now - began).inSeconds
        return timed
    }

    private func quota(_ lane: Int) -> Int {
        guard let events = plan.events else { return .max }
        return events / plan.producers + (lane < events % plan.producers ? 1 : 0)
    }

    private func produce(
        lane: Int, from head: Position, until end: ContinuousClock.Instant?,
        _ answered: @Sendable (ClosedRange<UInt64>) -> Void
    ) async -> ProducerTotals {
        var chance = SeededChance(seed: workload.shape.seed, stream: stream << 16 | UInt64(lane))
        var totals = ProducerTotals()
        var known = head
        let clock = ContinuousClock()
        let quota = quota(lane)
        // On a busy machine a short turn may be over before a producer has begun; each sends one append all the same.
        var hasBegun = false
        while !hasBegun || end.map({ clock.now < $0 }) ?? true, totals.events < quota, csupport_stop_requested() == 0 {
            hasBegun = true
            let count = min(plan.eventsInAppend, quota - totals.events)
            var made: [(event: NewEvent, tags: [EventTag])] = []
            let append = request(count, lane: lane, written: totals.events, after: known, &made, &chance)
            let begun = clock.now
            do throws(EventLogError) {
                let acceptance = try await log.append(append)
                totals.latency.record(clock.now - begun)
                guard let positions = acceptance.events, !acceptance.isRepeat else {
                    totals.failures.append("a new append was answered without positions or as a repeat")
                    break
                }
                known = acceptance.position
                totals.take(made, at: positions)
                if let positions = totals.answers.last { answered(positions) }
            } catch {
                guard error.code == .conflict, let newest = error.position else {
                    totals.failures.append("an append failed: \(error.code) \(error.detail)")
                    break
                }
                totals.conflicts += 1
                known = max(known, newest)
            }
        }
        return totals
    }

    private func request(
        _ count: Int, lane: Int, written: Int, after: Position, _ made: inout [(event: NewEvent, tags: [EventTag])],
        _ chance: inout SeededChance
    ) -> Append {
        let now = BenchClock().now()
        let command = UniqueID(versionSevenAt: now, random: (chance.next(), chance.next()))
        let account = workload.account(&chance)
        made.reserveCapacity(count)
        for number in 0..<count {
            let index = Int(clamping: start) + (written + number) * plan.producers + lane
            let subject = workload.subject(index: index, lane: lane, lanes: plan.producers, &chance)
            let tags = workload.tags(subject)
            made.append(
                (
                    workload.event(subject, tags: tags, command: command, account: account, at: now, &chance), tags
                ))
        }
        let condition = made.first.flatMap { first in
            plan.isConditional
                ? AppendCondition(failIfEventsMatch: .tagged(first.tags[0]), after: after) : nil
        }
        return Append(
            commandID: command, actor: account, fingerprint: chance.bytes(32), events: made.map(\.event),
            condition: condition)
    }
}

extension ProducerTotals {
    /// Takes in an answer.
    fileprivate mutating func take(_ made: [(event: NewEvent, tags: [EventTag])], at positions: ClosedRange<Position>) {
        appends += 1
        events += made.count
        answers.append(positions.lowerBound.number...positions.upperBound.number)
        for (_, tags) in made {
            for tag in tags { tally[tag.description, default: 0] += 1 }
        }
    }
}
