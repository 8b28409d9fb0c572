package import CaseViews
import Casework
package import EventSourcing
import FoundationEssentials
package import Logging
package import RuleBook
import WorkingCalendar

/// What the doors of the hub may ask: carry out a command, read a view, know a caller.
package struct CaseDesk: Sendable {
    package let log: any EventLog
    package let keys: any DeskKeys
    package let views: any ViewStore
    package let viewRunner: ViewRunner
    package let clock: any CivilClock
    package let ruleBook: RuleBookReader
    let identifiers: IdentifierSource
    let numbers: NumberReader
    let boundaries: BoundaryReader
    let staffReader: StaffReader
    let hubCode: String
    /// Where sealed files lie, and what sends short messages.
    let attachments: any AttachmentStore
    let messages: any MessagePort
    let logger: Logger

    /// Puts the desk together from stores that are open.
    ///
    /// - Parameter hubCode: 2 to 6 capitals, the front of every number.
    package init(
        log: any EventLog, keys: any DeskKeys, views: any ViewStore, viewRunner: ViewRunner, clock: any CivilClock,
        hubCode: String, identifiers: IdentifierSource = IdentifierSource(),
        attachments: any AttachmentStore = NoAttachments(), messages: any MessagePort = NoMessages(), logger: Logger
    ) {
        self.log = log
        self.keys = keys
        self.views = views
        self.viewRunner = viewRunner
        self.clock = clock
        self.hubCode = hubCode
        self.identifiers = identifiers
        self.attachments = attachments
        self.messages = messages
        self.logger = logger
        ruleBook = RuleBookReader(log: log)
        numbers = NumberReader(log: log)
        boundaries = BoundaryReader(log: log)
        staffReader = StaffReader(log: log)
    }

    /// What log this is.
    package var identity: LogIdentity { log.identity }

    /// Carries out one command; a repeat answers as before and changes nothing.
    ///
    /// - Throws: ``DeskError``; after it nothing has been recorded, unless it is `unavailable` with an unknown outcome,
    ///   when sending the same command again tells.
    /// - Complexity: Reads the events of one case, decides, and waits for one commit.
    package func perform(_ request: CommandRequest) async throws(DeskError) -> CommandReceipt {
        guard let type = CommandBook.type(named: request.type) else {
            throw DeskError(.unknownCommand)
        }
        return try await perform(request, as: type)
    }

    /// Carries out a command of the book, or one of the desk's own that nobody can send alone.
    func perform(_ request: CommandRequest, as type: any HubCommand.Type) async throws(DeskError) -> CommandReceipt {
        guard type.roles.contains(request.principal.role) else {
            throw DeskError(
                .roleMayNot,
                remedy: "可以做的角色 / roles that may: "
                    + type.roles.map(\.rawValue).sorted().joined(separator: ", "))
        }
        let fingerprint = keys.fingerprint(commandType: request.type, subject: request.subject, body: request.bytes)
        let attempt = Attempt(desk: self, request: request, type: type, fingerprint: fingerprint)
        if let answer = try await earlierAnswer(to: attempt) { return answer }
        do throws(DeskError) {
            let receipt = try await attempt.carryOut()
            await sendMessages(for: receipt)
            return receipt
        } catch {
            // The same command sent twice at once: what the other copy did is the answer, not why this one came late.
            if let answer = try await earlierAnswer(to: attempt) { return answer }
            throw error
        }
    }

    /// Waits until the views show everything up to a position.
    ///
    /// - Returns: Whether they did within `limit`.
    package func waitUntil(_ position: Position, atMost limit: Duration = .seconds(2)) async -> Bool {
        await viewRunner.wait(for: position, atMost: limit)
    }

    /// Who holds a token, or nobody.
    package func authenticate(token: String) -> Principal? {
        keys.authenticate(token: token)
    }

    private func earlierAnswer(to attempt: Attempt) async throws(DeskError) -> CommandReceipt? {
        let receipt: CommandReceipt
        do throws(EventLogError) {
            let request = attempt.request
            guard let earlier = try await log.acceptance(of: request.id, by: request.principal.account) else {
                return nil
            }
            // The fingerprint is empty once a person it touched was erased; the sender's word must then do.
            guard earlier.fingerprint.isEmpty || earlier.fingerprint == attempt.fingerprint else {
                throw EventLogError(.otherBody)
            }
            receipt = try await self.receipt(for: earlier.0)
        } catch {
            throw told(error)
        }
        return try attempt.naming(receipt, registrant: nil)
    }

    /// What a failure of the log means to a caller; the operator reads the rest in the server's log.
    func told(_ error: EventLogError) -> DeskError {
        let told = DeskError(error)
        if told.kind == .unavailable {
            logger.error(
                "the event log failed",
                metadata: [
                    "code": "\(error.code)", "position": "\(error.position.map(\.description) ?? "–")",
                    "detail": "\(error.detail)",
                ])
        }
        return told
    }

    /// Rebuilds the answer from the events, so that it is the same however often it is asked.
    func receipt(for acceptance: Acceptance) async throws(EventLogError) -> CommandReceipt {
        var events: [RecordedEvent] = []
        if let range = acceptance.events {
            let before = Position(range.lowerBound.number - 1)
            let count = Int(range.upperBound.number - before.number)
            events = try await log.read(.all, after: before, limit: min(1000, count)).events
        }
        return CommandReceipt(
            position: acceptance.position, repeated: acceptance.isRepeat,
            events: events.map { CommandReceipt.Event(position: $0.position, type: $0.type) },
            created: events.flatMap(CreatedEntities.of))
    }
}
