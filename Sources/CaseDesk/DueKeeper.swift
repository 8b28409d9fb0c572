package import CaseViews
import Casework
import Deadlines
package import EventSourcing
import FoundationEssentials
import Logging
import RuleBook

/// Lets happen by itself what falls due by itself: T24, lapsed offers, broken promises, silence on minutes.
///
/// Each takes effect exactly once whatever restarts in between: its command id follows from ``FallenDue/key``, and the
/// log answers a repeated id with the first acceptance. Woken late, even days late, it says when each thing happened,
/// and in that order. What fell due is found in the views, so it first waits for them.
package actor DueKeeper: Keeper {
    private let desk: CaseDesk
    package let pause: @Sendable () async throws -> Void
    private var machine = DueMachine()

    /// So many are taken on in one go; the next look takes the rest.
    private static let most = 5000

    /// - Parameter pause: How long to wait between looks; a second where nothing else is given.
    package init(desk: CaseDesk, pause: @escaping @Sendable () async throws -> Void = KeeperCommand.everySecond) {
        self.desk = desk
        self.pause = pause
    }

    package func look() async -> KeeperLook {
        guard let head = try? await desk.log.head().position, await desk.waitUntil(head) else { return .trouble(0) }
        let now = desk.clock.now()
        let found: [FallenDue]
        do {
            found = try await look(at: now)
        } catch {
            desk.logger.error("what falls due cannot be read", metadata: ["error": "\(error)"])
            return .trouble(0)
        }
        var done = 0
        for due in found {
            guard let request = request(for: due) else { continue }
            do throws(DeskError) {
                if try await !desk.perform(request).repeated { done += 1 }
            } catch {
                guard error.kind.isFinal else { return .trouble(done) }
                machine.refuse(due, at: now)
                desk.logger.notice(
                    "what falls due was refused", metadata: ["due": "\(due.key)", "code": "\(error.code)"])
            }
        }
        return done == 0 ? .settled(0) : .more(done)
    }

    private func look(at now: Instant) async throws -> [FallenDue] {
        let calendar = try await desk.ruleBook.current().history.current.calendar
        var found: [FallenDue] = []
        for rule in DueMachine.rules.sorted(by: { $0.description < $1.description }) {
            var after: BoardKey?
            repeat {
                var filter = BoardFilter(states: [.overdue], rule: rule)
                filter.sort = .due
                let page = try await desk.views.board(filter, at: now, after: after, limit: 500)
                found += machine.due(page.rows, [], calendar: calendar, at: now)
                after = page.next
            } while after != nil && found.count < Self.most
        }
        var after: Position? = .start
        while let place = after, found.count < Self.most {
            let page = try await desk.views.casesFallingDue(by: now, after: place, limit: 500)
            found += machine.due([], page.rows, calendar: calendar, at: now)
            after = page.next
        }
        return found.sorted { ($0.happenedAt, $0.key) < ($1.happenedAt, $1.key) }
    }

    /// The command a person would send, from the account nobody holds, as of when it happened.
    ///
    /// - Returns: Nothing for what names no referral or meeting, which no row does.
    private func request(for due: FallenDue) -> CommandRequest? {
        guard let (command, subject) = act(for: due),
            let open = try? EventJSON.decode(JSONValue.self, from: EventJSON.encode(command))
        else { return nil }
        return CommandRequest(
            id: Self.commandID(of: due), type: type(of: command).name, subject: subject.text,
            body: CommandBody(occurredAt: due.happenedAt, open: open), bytes: Data(due.key.utf8),
            principal: Principal(account: KeeperCommand.account, role: .supervisor), channel: "system")
    }

    private func act(for due: FallenDue) -> (any HubCommand, Subject)? {
        guard let id = UniqueID(due.subject.name) else { return nil }
        let act: (any HubCommand, Subject) =
            switch due.kind {
            case .offerLapses: (LapseOffer(), .referral(ReferralID(id)))
            case .cancellationStands: (ConfirmCancellation(), .referral(ReferralID(id)))
            case .promiseBreaks: (BreakPromise(department: due.department), .referral(ReferralID(id)))
            case .minutesUnanswered:
                (ConfirmMinutes(department: due.department, isSilent: true), .meeting(MeetingID(id)))
            }
        return act
    }

    /// The id of the one command that lets it happen: the same from every process at every time.
    package static func commandID(of due: FallenDue) -> UniqueID {
        KeeperCommand.id(of: due.key, kind: "due", begun: due.begun)
    }
}

extension DeskError.Kind {
    /// Whether asking the same again at once would be answered the same.
    var isFinal: Bool {
        switch self {
        case .badRequest, .invalidValue, .unauthorized, .forbidden, .notFound, .refused, .otherBody: true
        case .conflict, .busy, .full, .unavailable: false
        }
    }
}
