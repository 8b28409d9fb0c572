import EventSourcing
import FoundationEssentials
import MerkleLog

/// Whether the log holds what producers were told, found by reading it all; a run that fails one proves nothing.
struct LogChecks: Sendable {
    let log: any EventLog
    let ledger: BenchLedger

    /// Every check of a run.
    ///
    /// - Parameter totals: What each measurement of this run was answered, and the head before the first.
    func run(_ totals: [ProducerTotals], from before: UInt64, samples: Int = 32) async -> [BenchReport.Check] {
        [positions(totals, from: before), refusals(totals)] + (await reading(samples: samples))
    }

    /// The checks that need no answers of this run.
    func reading(samples: Int = 32) async -> [BenchReport.Check] {
        var checks: [BenchReport.Check] = []
        do throws(EventLogError) {
            checks.append(try await count())
            checks.append(try await wholeLog())
            checks.append(try await tagCounts(samples: samples))
            checks.append(try await staleConditions())
        } catch {
            checks.append(.init("readable", "日志可读", false, "reading failed: \(error.code) \(error.detail)"))
        }
        return checks
    }

    /// Answers of one run must give every new position once: contiguous, disjoint, each of its append's length.
    func positions(_ totals: [ProducerTotals], from before: UInt64) -> BenchReport.Check {
        var next = before + 1
        var events: UInt64 = 0
        for answer in totals.flatMap(\.answers).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard answer.lowerBound == next else {
                return .init(
                    "positions", "应答位置连续且不重叠", false,
                    "an answer begins at \(answer.lowerBound), where \(next) was next")
            }
            next = answer.upperBound + 1
            events += UInt64(answer.count)
        }
        let told = UInt64(totals.map(\.events).reduce(0, +))
        return .init(
            "positions", "应答位置连续且不重叠", events == told, "\(events) positions answered for \(told) events")
    }

    private func refusals(_ totals: [ProducerTotals]) -> BenchReport.Check {
        let conflicts = totals.map(\.conflicts).reduce(0, +)
        let failures = totals.flatMap(\.failures)
        return .init(
            "answers", "没有意外的拒绝", conflicts == 0 && failures.isEmpty,
            failures.first ?? "\(conflicts) conflicts, though every producer has cases of its own")
    }

    private func count() async throws(EventLogError) -> BenchReport.Check {
        let head = try await log.head().position.number
        return .init(
            "count", "条数与应答一致", head == ledger.acknowledged,
            "head \(head), acknowledged \(ledger.acknowledged)")
    }

    /// Reads every event: positions are 1, 2, 3 …, and the leaves give the root of the head.
    private func wholeLog() async throws(EventLogError) -> BenchReport.Check {
        let head = try await log.head()
        var edge = MerkleEdge()
        var cursor = Position.start
        while cursor < head.position {
            let page = try await log.read(.all, after: cursor, limit: 1000)
            for event in page.events where event.position <= head.position {
                guard event.position.number == edge.size + 1 else {
                    return .init(
                        "root", "顺序与默克尔根", false, "position \(edge.size + 1) is missing before \(event.position)")
                }
                edge.append(event.leaf)
            }
            guard page.reached > cursor else { break }
            cursor = page.reached
        }
        return .init(
            "root", "顺序与默克尔根", edge.size == head.position.number && edge.root == head.root,
            "\(edge.size) events in order; their root \(edge.root == head.root ? "is" : "is not") that of the head")
    }

    /// Reads some tags through the index and counts.
    private func tagCounts(samples: Int) async throws(EventLogError) -> BenchReport.Check {
        var chance = SeededChance(seed: ledger.shape.seed, stream: 0xc0de)
        let names = ledger.tally.keys.sorted()
        for _ in 0..<min(samples, names.count) {
            let name = names[chance.below(names.count)]
            guard let tag = EventTag(name) else { continue }
            let found = try await log.readAll(.tagged(tag)).events.count
            guard found == ledger.tally[name] else {
                return .init(
                    "tags", "抽查标签的条数", false,
                    "a tag of kind \(tag.kind?.rawValue ?? "?") has \(found) events, producers wrote \(ledger.tally[name] ?? 0)"
                )
            }
        }
        return .init("tags", "抽查标签的条数", true, "\(min(samples, names.count)) tags have what producers wrote")
    }

    /// Appends that know too little must be refused, and leave nothing.
    private func staleConditions() async throws(EventLogError) -> BenchReport.Check {
        let head = try await log.head().position
        let workload = BenchWorkload(ledger.shape)
        var chance = SeededChance(seed: ledger.shape.seed, stream: 0x57a1e)
        var refused = 0
        let newest = try await log.read(.all, after: Position(head.number - min(head.number, 16)), limit: 16).events
        for event in newest {
            let now = BenchClock().now()
            guard let tag = event.tags.first(where: { $0.kind == .caseFile }) else { continue }
            let subject = workload.subject(index: 0, lane: 0, lanes: 1, &chance)
            let command = UniqueID(versionSevenAt: now, random: (chance.next(), chance.next()))
            let account = workload.account(&chance)
            let append = Append(
                commandID: command, actor: account, fingerprint: chance.bytes(32),
                events: [
                    workload.event(
                        subject, tags: workload.tags(subject), command: command, account: account, at: now, &chance)
                ],
                condition: AppendCondition(
                    failIfEventsMatch: .tagged(tag), after: Position(event.position.number - 1)))
            do throws(EventLogError) {
                try await log.append(append)
            } catch {
                guard error.code == .conflict else { throw error }
                refused += 1
            }
        }
        let after = try await log.head().position
        return .init(
            "conditions", "过期的条件被拒绝", refused == newest.count && after == head && !newest.isEmpty,
            "\(refused) of \(newest.count) stale appends refused, \(after.number - head.number) events left by them")
    }
}
