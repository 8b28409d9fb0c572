import CaseViews
import Casework
import EventSourcing
import Foundation
import HubTesting
import RuleBook
import WorkingCalendar

extension FixedViews {
    static let applicant = PersonReference(uuid(0xA1))
    /// What the desk gives for the applicant; hostile on purpose, since pages must bear anything.
    static let maskedName = "张*<img src=x onerror=alert(1)>\"\u{301}'"
    static let caseID = CaseID(uuid(0xC1))
    static let otherCaseID = CaseID(uuid(0xC2))
    static let number = "DY23-00001"

    /// One case with a clock in every light, a referral, an offer, a meeting, a follow-up and a timeline.
    static func sample() throws -> FixedViews {
        let number = try require(EntityNumber(number))
        let other = try require(EntityNumber("DY23-00002"))
        var row = CaseRow(id: caseID, number: number, opened: reference("CaseOpened", 40, day: 15))
        row.applicant = applicant
        row.people = [applicant]
        row.town = TownCode("huangtang")
        row.items = [try item()]
        row.referrals = try referrals(of: number)
        row.meetings = [try meeting()]
        let followUp = try CaseRow.FollowUp(
            id: FollowUpID(uuid(0xF1)), number: number.followUp(1), department: require(DepartmentCode("sifa")),
            kind: .court)
        row.followUps = [followUp]
        row.exitedAt = Instant("2023-09-11T02:00:00Z")
        var elsewhere = CaseRow(id: otherCaseID, number: other, opened: reference("CaseOpened", 41, day: 16))
        elsewhere.town = TownCode("yunyang")
        return FixedViews(
            rows: try deadlines(), cases: [row, elsewhere], timeline: try timeline(), worklist: [try worklistRow()],
            meetings: [try meetingRow()])
    }

    static func uuid(_ last: UInt8) -> UniqueID {
        var generator = SeededGenerator(seed: UInt64(last))
        return generator.uniqueID()
    }

    static func reference(_ type: String, _ position: UInt64, day: Int) -> EventReference {
        let at = Instant(milliseconds: 1_690_851_600_000 + Int64(day - 1) * 86_400_000)
        return EventReference(type: type, position: Position(position), occurredAt: at, recordedAt: at)
    }

    /// One deadline from the form it is stored in.
    static func deadline(
        _ rule: String, of subject: EventTag, limit: String, due: String?, owner: String? = nil, state: String = "",
        caseID: CaseID? = caseID, number: String = number, town: String = "huangtang", isPromise: Bool = false,
        isProvisional: Bool = false
    ) throws -> DeadlineRow {
        let day = try due.map { try require(CivilDay($0)) }
        let dueAt = day.map { Instant(milliseconds: $0.endMilliseconds) }
        let warnAt = dueAt.map { $0.advanced(byMilliseconds: -2 * 86_400_000) }
        let started = String(
            decoding: try EventJSON.encode(reference("ReferralDispatched", 50, day: 25)), as: UTF8.self)
        let optional = [
            owner.map { "\"owner\":\"\($0)\"" }, day.map { "\"dueDay\":\"\($0)\"" },
            dueAt.map { "\"dueAt\":\"\($0)\"" },
            warnAt.map { "\"warnAt\":\"\($0)\"" },
            caseID.map { "\"caseID\":\"\($0)\",\"caseNumber\":\"\(number)\"" },
        ].compactMap(\.self).map { ",\($0)" }.joined()
        let json = """
            {"id":"\(rule)/\(subject)/1","ruleVersion":1,"label":{"zh":"\(rule)<b>","en":"\(rule) limit"},
            "town":"\(town)","bound":"ceiling","duty":"lead","started":\(started),"terms":{"limit":\(limit)},
            "isPromise":\(isPromise),"pauses":[\(state)],"extensions":[],"crossed":[],"isProvisional":\(isProvisional)\(optional)}
            """
        return try EventJSON.decode(DeadlineRow.self, from: Data(json.utf8))
    }

    private static func workingDays(_ days: Int) -> String { "{\"workingDays\":\(days)}" }

    private static func deadlines() throws -> [DeadlineRow] {
        let pause = "{\"from\":\"2023-08-30T01:00:00Z\",\"reason\":\"applicant\"}"
        return [
            try deadline(
                "referral.handle", of: .referral(ReferralID(uuid(1))), limit: workingDays(5), due: "2023-09-01",
                owner: "jiaoyu"),
            try deadline(
                "referral.handle", of: .referral(ReferralID(uuid(2))), limit: workingDays(9), due: "2023-09-07",
                owner: "gongan"),
            try deadline(
                "case.exit", of: .caseFile(caseID), limit: workingDays(12), due: "2023-09-12", isPromise: true),
            try deadline("visit.home", of: .caseFile(caseID), limit: workingDays(3), due: nil, state: pause),
            try deadline(
                "followup.review", of: .followUp(FollowUpID(uuid(0xF1))), limit: workingDays(10), due: "2027-01-05",
                isProvisional: true),
            try deadline("triage", of: .caseFile(otherCaseID), limit: "{\"hours\":24}", due: "2023-09-06", caseID: nil),
            try deadline(
                "case.exit", of: .caseFile(otherCaseID), limit: "{\"calendarDays\":30}", due: "2023-10-12",
                caseID: otherCaseID, number: "DY23-00002", town: "yunyang"),
        ]
    }

    private static func item() throws -> CaseRow.Item {
        var item = CaseRow.Item(
            id: ItemID(uuid(0xB1)), policyItem: try require(PolicyItemCode("education.grant")), person: applicant)
        item.state = .decided
        item.path = .jointMeeting
        item.outcome = .granted
        return item
    }

    private static func referrals(of number: EntityNumber) throws -> [ReferralRow] {
        var mediation = ReferralRow(
            id: ReferralID(uuid(1)), number: number.referral(4), state: .inProgress, isOffer: false,
            lead: try require(DepartmentCode("fulian")), task: try require(TaskCode("mediate.support")),
            item: nil, items: [], town: try require(TownCode("huangtang")))
        mediation.coHandlers = [try require(DepartmentCode("gongan"))]
        mediation.dispatchedAt = Instant("2023-08-18T02:00:00Z")
        mediation.outcome = .notReconciled
        let offer = ReferralRow(
            id: ReferralID(uuid(2)), number: number.referral(5), state: .drafted, isOffer: true,
            lead: try require(DepartmentCode("jijinhui")), task: try require(TaskCode("companion.care")),
            item: nil, items: [], town: try require(TownCode("huangtang")))
        return [mediation, offer]
    }

    private static func meeting() throws -> CaseRow.Meeting {
        var meeting = CaseRow.Meeting(id: meetingID, state: .held)
        meeting.number = EntityNumber("DY23-M001")
        meeting.invited = try ["gongan", "fayuan"].map { try require(DepartmentCode($0)) }
        return meeting
    }

    static let meetingID = MeetingID(uuid(0xD1))

    /// The same meeting with its agenda, as its own events tell it.
    private static func meetingRow() throws -> MeetingRow {
        let item = ItemID(uuid(0xB1))
        let jiaoyu = try require(DepartmentCode("jiaoyu"))
        let fayuan = try require(DepartmentCode("fayuan"))
        let number = try require(EntityNumber("DY23-M001"))
        var events: [JointMeetingEvent] = [
            .requested(.init(meeting: meetingID, caseFile: caseID, kind: .jointMeeting, isUrgent: false)),
            .convened(.init(meeting: meetingID, caseFile: caseID, number: number, kind: .jointMeeting)),
            .agendaItemAdded(.init(meeting: meetingID, caseFile: caseID, item: item)),
        ]
        for (body, way) in [(jiaoyu, PaperOrFeed.feed), (fayuan, PaperOrFeed.paper)] {
            events.append(
                .memberInvited(
                    .init(
                        meeting: meetingID, caseFile: caseID, number: number, department: body, items: [item],
                        delivery: way)))
        }
        events.append(.held(.init(meeting: meetingID, caseFile: caseID)))
        for (body, way) in [(jiaoyu, PaperOrFeed.feed), (fayuan, PaperOrFeed.paper)] {
            events.append(
                .minutesCirculated(
                    .init(meeting: meetingID, caseFile: caseID, department: body, delivery: way, actions: [])))
        }
        var row: MeetingRow?
        for (index, event) in events.enumerated() {
            let read = try ReadEvent(recorded(event, at: 70 + UInt64(index)))
            if row == nil { row = MeetingRow(begunBy: read) }
            row?.take(read)
        }
        return try require(row)
    }

    private static func recorded(_ event: JointMeetingEvent, at position: UInt64) throws -> RecordedEvent {
        let time = Instant(milliseconds: 1_692_000_000_000)
        let meta = EventMetadata(
            actor: .init(account: AccountID(uuid(0xAC)), role: "meetingOffice"), channel: "http",
            command: uuid(0xC0))
        return RecordedEvent(
            position: Position(position), eventID: uuid(UInt8(position)), appendFirst: Position(position),
            type: event.stored.kind.rawValue, schemaVersion: 1, occurredAt: time, recordedAt: time,
            meta: try EventJSON.encode(meta), data: try EventJSON.encode(event.stored.payload),
            tags: [.caseFile(caseID), .meeting(meetingID)], disclosureBytes: Disclosure.none.bytes, salt: nil,
            removed: nil, leaf: .init(), sealed: [])
    }

    private static func timeline() throws -> [TimelineRow] {
        try ["http", "feed", "cli", "system"].enumerated().map { index, channel in
            let department = channel == "feed" ? "\"actorDepartment\":\"jiaoyu\",\"actorPost\":\"jiaoyu/aid\"," : ""
            let reference = channel == "feed" ? "\"externalReference\":\"教助〔2023〕8号<i>\"," : ""
            let recorded = channel == "cli" ? "2023-08-25T01:00:00Z" : "2023-08-2\(index)T01:00:00Z"
            let json = """
                {"position":\(60 + index),"recordedAt":"\(recorded)","occurredAt":"2023-08-2\(index)T01:00:00Z",
                "eventType":"ReferralAccepted","subject":"referral:\(uuid(1))","subjectNumber":"DY23-00001-R4",
                "actorAccount":"\(uuid(9))",\(department)\(reference)"actorRole":"dispatcher","channel":"\(channel)",
                "informed":[\(channel == "feed" ? "\"jiaoyu\"" : "")],"summary":{"zh":"已受理 \(index)","en":"accepted"}}
                """
            return try EventJSON.decode(TimelineRow.self, from: Data(json.utf8))
        }
    }

    private static func worklistRow() throws -> WorklistRow {
        let json = """
            {"department":"jiaoyu","referral":"\(uuid(1))","number":"DY23-00001-R2","caseNumber":"DY23-00001","task":"education.grant",
            "role":"lead","state":"received","isProvisional":false}
            """
        return try EventJSON.decode(WorklistRow.self, from: Data(json.utf8))
    }

    private struct NotAValue: Error {}

    private static func require<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw NotAValue() }
        return value
    }
}
