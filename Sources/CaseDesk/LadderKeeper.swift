package import CaseViews
import Casework
import Crypto
import Deadlines
package import EventSourcing
import FoundationEssentials
import Logging
import RuleBook
import ServiceLifecycle
import WorkingCalendar

/// Records every rung of the ladder a deadline reaches, once, as of the instant at which it was reached.
///
/// The command id follows from ``ReachedRung/key``, and the decision reads what stands for the same deadline: whatever
/// restarts, or runs beside it, nothing is recorded twice. What it finds comes from the views, so it first waits for
/// them. Telling people is another's work and starts from the events this one leaves.
package actor LadderKeeper: Service {
    private let desk: CaseDesk
    private let pause: @Sendable () async throws -> Void
    /// Deadlines whose rung was refused, with the day it was; looked at again on the next.
    private var refused: [DeadlineID: CivilDay] = [:]
    /// Rungs that the log had already, since everything was last recorded.
    private var repeated: Set<String> = []
    /// Everything reached by then is recorded; nothing before the first look.
    package private(set) var settledAt: Instant?

    /// So many deadlines are looked at in one go; the next look takes the rest.
    private static let most = 500

    /// - Parameter pause: How long to wait between looks; a second where nothing else is given.
    package init(
        desk: CaseDesk,
        pause: @escaping @Sendable () async throws -> Void = {
            // Sleeps: the civil clock may jump and be paused, so the time is looked at and not waited for.
            try await ContinuousClock().sleep(for: .seconds(1))
        }
    ) {
        self.desk = desk
        self.pause = pause
    }

    /// Looks, at once and after each pause, until the process stops.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.settle()
                do { try await self.pause() } catch { break }
            }
        }
    }

    /// Records everything reached by now.
    ///
    /// - Parameter patience: How long to try again while log or views cannot be used, as just after a start.
    /// - Returns: How many rungs were recorded; less than were reached where patience ran out.
    @discardableResult
    package func settle(patience: Duration = .zero) async -> Int {
        let deadline = ContinuousClock.now + patience
        var done = 0
        while !Task.isCancelled {
            switch await settleOnce() {
            case .settled(let took):
                return done + took
            case .more(let took):
                done += took
            case .trouble(let took):
                done += took
                guard ContinuousClock.now < deadline else { return done }
                // Sleeps: views that are catching up are looked at again, not without pause.
                try? await ContinuousClock().sleep(for: .milliseconds(20))
            }
        }
        return done
    }

    private enum Outcome {
        case settled(Int)
        case more(Int)
        case trouble(Int)
    }

    private func settleOnce() async -> Outcome {
        guard let head = try? await desk.log.head().position, await desk.waitUntil(head) else { return .trouble(0) }
        let now = desk.clock.now()
        let today = CivilDay(containing: now.milliseconds)
        refused = refused.filter { $0.value == today }
        let rows: [DeadlineRow]
        let reached: [ReachedRung]
        do {
            // What was refused stays in the way, so as many more are read.
            rows = try await desk.views.deadlinesOnNextRung(by: now, limit: Self.most)
                .filter { refused[$0.id] == nil }
            let machine = LadderMachine(rules: try await desk.ruleBook.current().history.current)
            reached = machine.reached(rows, cases: try await cases(of: rows), at: now)
        } catch {
            desk.logger.error("what the ladder reached cannot be read", metadata: ["error": "\(error)"])
            return .trouble(0)
        }
        // A row whose rung is not due after all would be found again at once: it waits for tomorrow, or for a change.
        for row in rows where !reached.contains(where: { $0.deadline == row.id }) { refused[row.id] = today }
        var done = 0
        for rung in reached {
            do throws(DeskError) {
                guard let request = request(for: rung) else { continue }
                if try await desk.perform(request, as: RecordCrossing.self).repeated {
                    // Another keeper was first, and the views show it soon; if not, this one is in nobody's way.
                    if !repeated.insert(rung.key).inserted { refused[rung.deadline] = today }
                } else {
                    done += 1
                }
            } catch {
                guard error.kind.isFinal else { return .trouble(done) }
                refused[rung.deadline] = today
                desk.logger.notice(
                    "a rung of the ladder was refused", metadata: ["rung": "\(rung.key)", "code": "\(error.code)"])
            }
        }
        guard reached.isEmpty else { return done > 0 ? .more(done) : .trouble(0) }
        repeated = []
        settledAt = now
        return .settled(done)
    }

    private func cases(of rows: [DeadlineRow]) async throws -> [CaseID: CaseRow] {
        var cases: [CaseID: CaseRow] = [:]
        for id in Set(rows.compactMap(\.caseID)) { cases[id] = try await desk.views.caseRow(id) }
        return cases
    }

    private func request(for rung: ReachedRung) -> CommandRequest? {
        guard let subject = Subject(of: rung.deadline.scope),
            let open = try? EventJSON.decode(
                JSONValue.self,
                from: EventJSON.encode(
                    RecordCrossing(
                        rule: rung.deadline.rule, body: rung.deadline.body, cycle: rung.deadline.cycle,
                        level: rung.level, told: rung.told, isUrgent: rung.isUrgent)))
        else { return nil }
        return CommandRequest(
            id: Self.commandID(of: rung), type: RecordCrossing.name, subject: subject.text,
            body: CommandBody(occurredAt: rung.at, open: open), bytes: Data(rung.key.utf8),
            principal: Principal(account: DueKeeper.account, role: .supervisor), channel: "system")
    }

    /// The id of the one command that records a rung: the same from every process at every time.
    package static func commandID(of rung: ReachedRung) -> UniqueID {
        let digest = Array(SHA256.hash(data: Data("onedoor.ladder/\(rung.key)".utf8)))
        let words = (digest[..<8].reduce(0) { $0 << 8 | UInt64($1) }, digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) })
        return UniqueID(versionSevenAt: rung.begun, random: words)
    }
}
