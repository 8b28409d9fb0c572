import CaseViews
import Casework
import Deadlines
import EventSourcing
import Logging
import RuleBook
import ServiceLifecycle
import WorkingCalendar

/// Brings what the ladder tells to people over one channel: emergencies at once, everything else once a recipient and
/// morning, in office hours (`reference/deadlines.md` §5.6).
///
/// The log says who was told of what; ``NoticeOutbox`` says how far this channel is. What has been done, paused or
/// extended since is left out: it asks nothing of anybody any more.
package actor NoticeCourier: Service {
    private let desk: CaseDesk
    private let ladder: LadderKeeper
    private let port: any NoticePort
    private let state: any NoticeStatePort
    private let pause: @Sendable () async throws -> Void
    private var outbox: NoticeOutbox?

    /// So many are handed over in one look.
    private static let most = 50

    /// - Parameters:
    ///   - ladder: Digests wait until it has recorded everything of the morning.
    ///   - pause: How long to wait between looks; a second where nothing else is given.
    package init(
        desk: CaseDesk, ladder: LadderKeeper, port: any NoticePort, state: any NoticeStatePort,
        pause: @escaping @Sendable () async throws -> Void = {
            // Sleeps: the civil clock may jump and be paused, so the time is looked at and not waited for.
            try await ContinuousClock().sleep(for: .seconds(1))
        }
    ) {
        self.desk = desk
        self.ladder = ladder
        self.port = port
        self.state = state
        self.pause = pause
    }

    /// Looks, at once and after each pause, until the process stops.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.look()
                do { try await self.pause() } catch { break }
            }
        }
    }

    /// Reads what was told since, puts together what is due, and hands over what is ready.
    package func look() async {
        let now = desk.clock.now()
        do {
            var box: NoticeOutbox
            if let outbox { box = outbox } else { box = try await loaded() }
            let before = box
            // Asked before the log is read: what was recorded by then is read below.
            let settled = await ladder.settledAt
            try await read(into: &box, at: now)
            try await putTogether(&box, at: now, settled: settled)
            if box != before || outbox == nil { try state.save(box) }
            outbox = box
            try await handOver(at: now)
        } catch {
            desk.logger.error(
                "notices stand still", metadata: ["channel": "\(port.name)", "error": "\(error)"])
        }
    }

    /// A channel that cannot read what it kept stops: guessing would lose or repeat.
    private func loaded() async throws -> NoticeOutbox {
        if let kept = try state.load() { return kept }
        return NoticeOutbox(after: try await desk.log.head().position)
    }

    /// What one event tells, to whom, and how soon.
    private struct Told {
        let recipients: [NoticeRecipient]
        let level: LadderLevel?
        let isUrgent: Bool
        /// Nothing where nobody is asked for anything any more.
        let row: DeadlineRow?
    }

    private static let types: Set<String> = [
        DeadlineEvent.Kind.crossed.rawValue, DeadlineEvent.Kind.reminded.rawValue, calendarType,
    ]
    private static let calendarType = RuleBookEvent.Kind.calendarPublished.rawValue

    private func read(into box: inout NoticeOutbox, at now: Instant) async throws {
        let isOpen = try await isOfficeTime(now)
        while box.hasRoom {
            let page = try await desk.log.read(.types(Self.types), after: box.after, limit: 200)
            for event in page.events {
                if event.type == Self.calendarType {
                    // Whose dates moved is known by the views, which may be a moment behind.
                    guard await desk.waitUntil(event.position) else { return }
                    let left = try await desk.views.notices(leftBy: event.position)
                    box.read(through: event.position, telling: left.map(\.recipient).filter(port.accepts))
                    continue
                }
                guard let told = try await told(by: event) else { continue }
                let recipients = told.recipients.filter(port.accepts)
                let isAtOnce = told.isUrgent || told.level == nil && isOpen
                guard isAtOnce else {
                    box.read(through: event.position, telling: recipients)
                    continue
                }
                for recipient in recipients {
                    guard let row = told.row else { break }
                    let line = Notice.Line(row, told.level)
                    if told.isUrgent {
                        box.urge(recipient, of: event.position, at: now, line: line)
                    } else {
                        box.remind(recipient, of: event.position, at: now, line: line)
                    }
                }
                box.read(through: event.position)
            }
            box.read(through: page.reached)
            if page.isLast { return }
        }
    }

    private func told(by event: RecordedEvent) async throws -> Told? {
        guard case .deadline(let fact)? = try CaseworkEvent(event) else { return nil }
        switch fact {
        case .crossed(let crossed):
            let id = DeadlineID(rule: crossed.rule, scope: crossed.instance, body: crossed.body, cycle: crossed.cycle)
            return Told(
                recipients: crossed.told, level: crossed.level, isUrgent: crossed.isUrgent,
                row: crossed.told.isEmpty ? nil : try await desk.views.deadline(id))
        case .reminded(let reminded):
            let row = try await desk.views.deadlines(of: reminded.caseFile).last { row in
                row.isOpen && row.id.rule == reminded.rule && row.id.scope == reminded.instance
                    && (reminded.body == nil || row.id.body == reminded.body)
            }
            return Told(recipients: reminded.told, level: nil, isUrgent: false, row: row)
        case .paused, .resumed, .extended, .noticesRead: return nil
        }
    }

    private func isOfficeTime(_ now: Instant) async throws -> Bool {
        try await desk.ruleBook.current().history.current.calendar?.isOfficeTime(now.milliseconds) ?? false
    }

    private func putTogether(_ box: inout NoticeOutbox, at now: Instant, settled: Instant?) async throws {
        let today = CivilDay(containing: now.milliseconds)
        guard let calendar = try await desk.ruleBook.current().history.current.calendar,
            calendar.isOfficeTime(now.milliseconds), let settled,
            settled.milliseconds >= today.startMilliseconds + calendar.officeHours.opening
        else { return }
        for recipient in box.recipients(on: today) where box.hasRoom {
            let positions = box.waiting.filter { $0.recipient == recipient }.map(\.position)
            let moved = try await movedDates(at: positions, for: recipient)
            box.digest(
                for: recipient, on: today, at: now, lines: try await lines(at: positions) + moved.lines,
                unlisted: moved.unlisted)
        }
    }

    /// What of these still asks somebody for something: each deadline once, at its highest rung.
    private func lines(at positions: [Position]) async throws -> [Notice.Line] {
        var newest: [DeadlineID: Notice.Line] = [:]
        for position in positions {
            guard let event = try await desk.log.event(at: position), let told = try await told(by: event),
                let row = told.row, row.isOpen, row.dueAt != nil,
                newest[row.id].map({ Self.weight($0.level) < Self.weight(told.level) }) ?? true
            else { continue }
            newest[row.id] = Notice.Line(row, told.level)
        }
        let never = Instant(milliseconds: .max)
        return newest.values.sorted { left, right in
            (Self.weight(right.level), left.dueAt ?? never, left.deadline)
                < (Self.weight(left.level), right.dueAt ?? never, right.deadline)
        }
    }

    /// The promised dates of a recipient that calendars moved, each as it was moved last, while it still runs.
    private func movedDates(
        at positions: [Position], for recipient: NoticeRecipient
    ) async throws -> (lines: [Notice.Line], unlisted: Int?) {
        var newest: [DeadlineID: DueMove] = [:]
        var unlisted = 0
        for position in positions {
            for notice in try await desk.views.notices(leftBy: position) where notice.recipient == recipient {
                guard let dates = notice.dates else { continue }
                unlisted += dates.count - dates.moves.count
                for move in dates.moves { newest[move.deadline] = move }
            }
        }
        var running: [DueMove] = []
        for move in newest.values where try await desk.views.deadline(move.deadline)?.isOpen == true {
            running.append(move)
        }
        running.sort { ($0.after, $0.deadline) < ($1.after, $1.deadline) }
        return (running.map(Notice.Line.init), unlisted > 0 ? unlisted : nil)
    }

    /// What a person did weighs more than what time did.
    private static func weight(_ level: LadderLevel?) -> Int { level?.rawValue ?? 6 }

    private func handOver(at now: Instant) async throws {
        for _ in 0..<Self.most {
            guard !Task.isCancelled, var box = outbox, let notice = box.due(at: now) else { return }
            do throws(NoticeError) {
                try await port.deliver(notice, at: now)
                box.delivered(notice.id)
            } catch {
                let isTriedAgain = box.failed(notice.id, at: now)
                desk.logger.log(
                    level: isTriedAgain ? .notice : .error,
                    isTriedAgain ? "a notice was not taken and is tried again" : "a notice was given up",
                    metadata: ["channel": "\(port.name)", "id": "\(notice.id)", "reason": "\(error.reason)"])
            }
            outbox = box
            try state.save(box)
        }
    }
}
