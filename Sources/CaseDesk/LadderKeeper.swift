package import CaseViews
import Casework
import Deadlines
package import EventSourcing
import FoundationEssentials
import Logging
import RuleBook
import WorkingCalendar

/// Records every rung of the ladder a deadline reaches, once, as of the instant at which it was reached.
///
/// The command id follows from ``ReachedRung/key``, and the decision reads what stands for the same deadline: whatever
/// restarts, or runs beside it, nothing is recorded twice. What it finds comes from the views, so it first waits for
/// them. Telling people is another's work and starts from the events this one leaves.
package actor LadderKeeper: Keeper {
    private let desk: CaseDesk
    package let pause: @Sendable () async throws -> Void
    /// Deadlines whose rung was refused, with the day it was; looked at again on the next.
    private var refused: [DeadlineID: CivilDay] = [:]
    /// Rungs that the log had already, since everything was last recorded.
    private var repeated: Set<String> = []
    /// Everything reached by then is recorded; nothing before the first look.
    package private(set) var settledAt: Instant?

    /// So many deadlines are looked at in one go; the next look takes the rest.
    private static let most = 500

    /// - Parameter pause: How long to wait between looks; a second where nothing else is given.
    package init(desk: CaseDesk, pause: @escaping @Sendable () async throws -> Void = KeeperCommand.everySecond) {
        self.desk = desk
        self.pause = pause
    }

    package func look() async -> KeeperLook {
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
                        level: rung.level, told: rung.told, isUrgent: rung.isUrgent, owner: rung.owner,
                        isSupervised: rung.isSupervised ? true : nil)))
        else { return nil }
        return CommandRequest(
            id: Self.commandID(of: rung), type: RecordCrossing.name, subject: subject.text,
            body: CommandBody(occurredAt: rung.at, open: open), bytes: Data(rung.key.utf8),
            principal: Principal(account: KeeperCommand.account, role: .supervisor), channel: "system")
    }

    /// The id of the one command that records a rung: the same from every process at every time.
    package static func commandID(of rung: ReachedRung) -> UniqueID {
        KeeperCommand.id(of: rung.key, kind: "ladder", begun: rung.begun)
    }
}
