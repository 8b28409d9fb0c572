import EventSourcing
import FeedProtocol

/// What a slice says about one referral, follow-up or meeting so far: pure, so a rebuild gives the same rows.
enum SliceFold {
    /// Version of the rows; another one makes the store rebuild them when it opens.
    static let version = 7

    /// The referral after one more event about it.
    ///
    /// - Parameter department: Whose slice this is; tells lead from co-handler.
    static func referral(
        _ before: InboxReferral?, after event: SliceEvent, id: ReferralID, department: DepartmentCode
    ) -> InboxReferral {
        var row =
            before
            ?? InboxReferral(
                referral: id, role: role(in: event, department), state: .dispatched, lastEvent: event.name,
                lastAt: event.time, lastSequence: event.sequence)
        row.lastEvent = event.name
        row.lastAt = event.time
        row.lastSequence = event.sequence
        if let number = event.open["number"]?.text { row.number = number }
        if let item = event.open["item"]?.text { row.item = item }
        if let task = event.open["task"]?.text { row.task = task }
        if let town = event.open["town"]?.text { row.town = town }
        if event.name == "ReferralDispatched" || event.name == "CoHandlerInvited", row.dispatchedAt == nil {
            row.dispatchedAt = event.time
            row.role = role(in: event, department)
        }
        for (rule, day, isProvisional) in dueDates(in: event) {
            row.due[rule] = day
            let others = (row.provisional ?? []).filter { $0 != rule }
            let provisional = isProvisional ? (others + [rule]).sorted() : others
            row.provisional = provisional.isEmpty ? nil : provisional
        }
        promise(&row, in: event, department)
        climb(&row, by: event)
        move(&row, by: event, department)
        end(&row, by: event, department)
        for part in event.parts {
            row.parts.removeAll { $0.group == part.group && $0.person == part.person }
            row.parts.append(part)
        }
        row.parts.sort { ($0.person, $0.group) < ($1.person, $1.group) }
        return row
    }

    /// A right to read ends at once or after a day that is told, and begins anew with a slice released anew.
    private static func end(_ row: inout InboxReferral, by event: SliceEvent, _ department: DepartmentCode) {
        if event.name == "SliceReleased" { row.readableThrough = nil }
        guard event.name == "DisclosureEnded", event.open["department"]?.text == department.description else { return }
        row.readableThrough = event.open["readableThrough"]?.text
        if row.readableThrough == nil { row.parts = [] }
    }

    /// The follow-up after one more event about it.
    static func followUp(_ before: InboxFollowUp?, after event: SliceEvent, id: FollowUpID) -> InboxFollowUp {
        var row =
            before
            ?? InboxFollowUp(
                followUp: id, state: .open, lastEvent: event.name, lastAt: event.time, lastSequence: event.sequence)
        row.lastEvent = event.name
        row.lastAt = event.time
        row.lastSequence = event.sequence
        if let number = event.open["number"]?.text { row.number = number }
        if event.name == "FollowUpConcluded" { row.state = .concluded }
        return row
    }

    /// The meeting after one more event about it.
    static func extract(_ before: InboxExtract?, after event: SliceEvent, id: MeetingID) -> InboxExtract {
        InboxExtract(
            meeting: id, number: event.open["number"]?.text ?? before?.number, lastEvent: event.name,
            lastAt: event.time, lastSequence: event.sequence, open: .object(event.open))
    }

    private static func role(in event: SliceEvent, _ department: DepartmentCode) -> InboxReferral.Role {
        if event.open["kind"]?.text == "offer" { return .offer }
        if event.name == "CoHandlerInvited" { return .coHandler }
        guard let lead = event.open["lead"]?.text else { return .lead }
        return lead == department.description ? .lead : .coHandler
    }

    /// Due dates as the slice shows them: an object `due` of rule and day or instant.
    private static func dueDates(in event: SliceEvent) -> [(rule: String, day: String, isProvisional: Bool)] {
        guard case .object(let dates) = event.open["due"] else { return [] }
        return dates.compactMap { rule, value in
            switch value {
            case .string(let day): (rule, day, false)
            case .object(let due):
                (due["dueDay"]?.text ?? due["dueAt"]?.text).map { (rule, $0, due["provisional"] == .bool(true)) }
            case .null, .bool, .integer, .array: nil
            }
        }
    }

    private static func move(_ row: inout InboxReferral, by event: SliceEvent, _ department: DepartmentCode) {
        if event.name == "ReferralSuperseded" { return supersede(&row, by: event, department) }
        guard let state = state(after: event, before: row) else { return }
        if let actor = event.open["department"]?.text, actor != department.description {
            row.leadState = state
            return
        }
        switch event.name {
        case "ReturnRequested", "CancellationRequested": row.stateBefore = row.state
        case "ReturnRefused", "CancellationWithdrawn": row.stateBefore = nil
        default: break
        }
        row.state = state
    }

    /// The day this department promised last; a day of review is a promise too.
    private static func promise(_ row: inout InboxReferral, in event: SliceEvent, _ department: DepartmentCode) {
        guard event.open["department"]?.text == department.description else { return }
        switch event.name {
        case "PromiseBroken":
            row.nextPromise = nil
            row.brokenPromise = event.open["promised"]?.text
        case "PromiseKept", "ReferralCompleted", "ReferralFailed", "CoHandlerResultSubmitted", "TerminationApproved":
            row.nextPromise = nil
            row.brokenPromise = nil
        default:
            guard let promise = (event.open["nextPromise"] ?? event.open["reviewOn"])?.text else { return }
            row.nextPromise = promise
            row.brokenPromise = nil
        }
    }

    /// A limit of it reached a rung; what is done, returned or begun anew has its ladder behind it.
    private static func climb(_ row: inout InboxReferral, by event: SliceEvent) {
        switch event.name {
        case "DeadlineThresholdCrossed":
            guard case .integer(let level)? = event.open["level"] else { return }
            row.ladderLevel = max(row.ladderLevel ?? 0, Int(level))
            if case .integer(let number)? = event.open["supervision"] { row.supervision = Int(number) }
        case "ReferralCompleted", "ReferralFailed", "CoHandlerResultSubmitted", "ReturnApproved":
            (row.ladderLevel, row.supervision) = (nil, nil)
        default: return
        }
    }

    /// The predecessor's row ends; the successor's begins where it was left.
    private static func supersede(_ row: inout InboxReferral, by event: SliceEvent, _ department: DepartmentCode) {
        guard event.open["successor"]?.text == department.description else {
            row.state = .superseded
            return
        }
        row.role = event.open["role"]?.text == "coHandler" ? .coHandler : .lead
        if let state = event.open["state"]?.text.flatMap(InboxReferral.State.init) { row.state = state }
    }

    /// The state this event brings; nothing when it moves none.
    private static func state(after event: SliceEvent, before row: InboxReferral) -> InboxReferral.State? {
        switch event.name {
        case "ReferralReceived": .received
        case "ReturnRequested": .returnRequested
        case "ReturnRefused": row.stateBefore ?? .dispatched
        case "ReturnApproved": .returned
        case "ReferralAccepted": .accepted
        case "HandlingStarted", "ProgressReported", "ReferralResumed", "TerminationRefused",
            "CompletionReturnedForRework", "ReferralReopened":
            .inProgress
        case "ReferralHeld": .onHold
        case "TerminationRequested": .terminationRequested
        case "CancellationRequested": .cancellationRequested
        case "CancellationWithdrawn": row.stateBefore ?? .inProgress
        case "ReferralCompleted", "CoHandlerResultSubmitted": .completed
        case "ReferralFailed", "TerminationApproved": .failed
        case "CompletionAcceptedByCentre": .closed
        case "ReferralRedirected": .redirected
        case "ReferralDeclined": .declined
        case "OfferLapsed": .lapsed
        case "CancellationConfirmed": .cancelled
        // Names are open: a newer hub may tell of things that move no state here.
        default: nil
        }
    }
}
