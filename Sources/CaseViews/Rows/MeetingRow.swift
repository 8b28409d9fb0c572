package import Casework
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// One joint meeting with everything on its agenda, as the meeting office and the centre see it: references and codes.
package struct MeetingRow: Codable, Hashable, Sendable {
    /// What still has to be done about a meeting.
    package enum Duty: String, CaseIterable, Codable, Hashable, Sendable {
        case convene, hold, sign, circulate, confirm, act, close

        package var label: Label {
            switch self {
            case .convene: Label("待召集", "to be convened")
            case .hold: Label("待召开", "to be held")
            case .sign: Label("纪要待签署", "minutes to be signed")
            case .circulate: Label("摘录待送达", "extracts to be sent")
            case .confirm: Label("纪要待确认", "extracts to be confirmed")
            case .act: Label("交办未完成", "actions to be done")
            case .close: Label("待结束", "to be closed")
            }
        }
    }

    /// One item on the agenda, who was there for it, and what each thought of it.
    package struct AgendaItem: Codable, Hashable, Sendable {
        package let item: ItemID
        package let caseFile: CaseID
        package var papers: [Attachment]
        package var invited: [DepartmentCode]
        package var attended: [DepartmentCode]
        package var opinions: [Opinion]
    }

    /// What a body thinks of an item; its words are sealed elsewhere.
    package struct Opinion: Codable, Hashable, Sendable {
        package let department: DepartmentCode
        package let stance: OpinionStance
    }

    /// What was resolved on one case.
    package struct Resolution: Codable, Hashable, Sendable {
        package let id: ResolutionID
        package let caseFile: CaseID
        package let condition: ResolutionCondition?
        package var isInForce: Bool
        package let actions: [ResolutionAction]
        package let assignments: [MeetingAssignment]
        package let disputed: ReferralID?
        package let ruling: ReturnRuling?
        package var dissents: [DepartmentCode]
        /// Bodies that were given an action that is no referral, and those that did it.
        package var assigned: [DepartmentCode]
        package var done: [DepartmentCode]

        var hasOpenAction: Bool { assigned.contains { !done.contains($0) } }
    }

    /// How a body answered to its extract; silence is shown as silence.
    package enum Answer: String, CaseIterable, Codable, Hashable, Sendable {
        case awaited, confirmed, silent
    }

    /// One body's extract of the minutes, word for word as it was sent.
    package struct Extract: Codable, Hashable, Sendable {
        package let department: DepartmentCode
        package let delivery: PaperOrFeed
        package let cases: [CaseID]
        package let items: [ItemID]
        package let actions: [ExtractedAction]
        package let assignments: [ExtractedAssignment]
        package let attachments: [Attachment]
        package var answer: Answer
    }

    package let id: MeetingID
    package let kind: MeetingKind
    package var state: CaseRow.Meeting.State
    package var number: EntityNumber?
    /// The first meeting of the series it belongs to, and its day by the series.
    package let series: MeetingID?
    package let meetsOn: CivilDay?
    package var isSeriesEnded: Bool
    package var meetsAt: Instant?
    package let isUrgent: Bool
    /// The case it was asked for; nothing for a regular meeting.
    package let requestedFor: CaseID?
    /// The department that asked; nothing when the centre or a station did.
    package let requestedBy: DepartmentCode?
    package let begun: EventReference
    package var placedOn: MeetingID?
    /// Requests of other cases that are dealt with here.
    package var placedRequests: [MeetingID]
    package var agenda: [AgendaItem]
    package var resolutions: [Resolution]
    package var extracts: [Extract]
    package var isSigned: Bool
    package var lastTouched: EventReference

    /// A meeting begins when it is asked for, or put on the calendar.
    ///
    /// - Returns: Nothing for any other event.
    package init?(begunBy event: ReadEvent) {
        guard case .meeting(let fact) = event.event else { return nil }
        switch fact {
        case .requested(let requested):
            kind = requested.kind
            isUrgent = requested.isUrgent
            requestedFor = requested.caseFile
            requestedBy = requested.department
            series = nil
            meetsOn = nil
        case .regularScheduled(let scheduled):
            kind = scheduled.kind
            isUrgent = false
            requestedFor = nil
            requestedBy = nil
            series = scheduled.series
            meetsOn = scheduled.meetsOn
        case .refused, .requestPlaced, .seriesEnded, .convened, .postponed, .cancelled, .agendaItemAdded,
            .agendaItemWithdrawn, .papersAdded, .memberInvited, .memberAttended, .opinionRecorded, .resolutionAdopted,
            .dissentRecorded,
            .held, .minutesSigned, .minutesCirculated, .minutesConfirmed, .conditionMet, .actionAssigned,
            .actionDone, .closed:
            return nil
        }
        id = fact.meeting
        state = .requested
        isSeriesEnded = false
        begun = event.reference
        placedRequests = []
        agenda = []
        resolutions = []
        extracts = []
        isSigned = false
        lastTouched = event.reference
    }

    /// The cases it is about, its own first, then in the agenda's order.
    package var cases: [CaseID] {
        var found = requestedFor.map { [$0] } ?? []
        for entry in agenda { found.appendOnce(entry.caseFile) }
        return found
    }

    /// What is still to be done, in order; nothing once it is closed, refused, cancelled or placed elsewhere.
    package var open: [Duty] {
        switch state {
        case .requested: return [.convene]
        case .convened: return [.hold]
        case .closed, .refused, .cancelled, .placed: return []
        case .held: break
        }
        var duties: [Duty] = []
        if !isSigned { duties.append(.sign) }
        if !bodiesWithoutExtract.isEmpty { duties.append(.circulate) }
        if extracts.contains(where: { $0.answer == .awaited }) { duties.append(.confirm) }
        if resolutions.contains(where: \.hasOpenAction) {
            duties.append(.act)
        }
        return duties.isEmpty ? [.close] : duties
    }

    private var bodiesWithoutExtract: [DepartmentCode] {
        let sent = extracts.map(\.department)
        return agenda.flatMap(\.invited).filter { !sent.contains($0) }
    }
}
