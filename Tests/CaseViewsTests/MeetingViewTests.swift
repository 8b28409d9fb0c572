import CaseViews
import Casework
import Deadlines
import EventSourcing
import FeedProtocol
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// A meeting of several cases in the views: its limits run once, each case shows its own part, the row adds up.
@Suite struct MeetingViewTests {
    /// Two cases, the first's meeting with the second's request on its agenda, called and held on 18 August.
    private struct Table {
        var story: Story
        let first: CaseInStory
        let second: CaseInStory
        let meeting: MeetingID
        let request: MeetingID
        let jiaoyu: DepartmentCode
        let gongan: DepartmentCode

        init() throws {
            story = try danyang()
            story.day("2023-08-15")
            first = try story.apply("DY23-00001")
            second = try story.apply("DY23-00002")
            meeting = try story.requestMeeting(first)
            request = try story.requestMeeting(second)
            jiaoyu = try known("jiaoyu")
            gongan = try known("gongan")
        }

        mutating func record(_ event: JointMeetingEvent, meetings: [MeetingID] = []) throws {
            try story.record(.casework(.meeting(event)), tags: Set(meetings.map(EventTag.meeting)))
        }

        mutating func convene() throws {
            let number: EntityNumber = try known("DY23-M001")
            let cases = [first.id, second.id]
            try record(
                .requestPlaced(.init(meeting: request, caseFile: second.id, joins: meeting)), meetings: [meeting])
            for (file, item) in [(second, second.items[0]), (first, first.items[0])] {
                try record(.agendaItemAdded(.init(meeting: meeting, caseFile: file.id, item: item)))
            }
            try record(
                .convened(
                    .init(
                        meeting: meeting, caseFile: first.id, number: number, kind: .jointMeeting, cases: cases)))
            for (body, file) in [(gongan, first), (jiaoyu, second)] {
                try record(
                    .memberInvited(
                        .init(
                            meeting: meeting, caseFile: file.id, number: number, department: body,
                            items: [file.items[0]], delivery: .feed)))
                try record(
                    .memberAttended(
                        .init(meeting: meeting, caseFile: file.id, department: body, items: [file.items[0]])))
            }
        }

        mutating func hold() throws {
            story.day("2023-08-18")
            try record(
                .held(.init(meeting: meeting, caseFile: first.id, cases: [first.id, second.id])),
                meetings: [request])
        }

        func row(_ id: MeetingID) throws -> MeetingRow {
            var row: MeetingRow?
            for event in story.events {
                let read = try ReadEvent(event)
                guard read.meetingIDs.contains(id) else { continue }
                if row == nil { row = MeetingRow(begunBy: read) }
                row?.take(read)
            }
            return try #require(row)
        }
    }

    @Test func `meeting.convene: a request placed elsewhere is met when that meeting is held`() throws {
        var table = try Table()
        try table.convene()
        try table.hold()
        #expect(try Folded(table.story, table.first).only("meeting.convene").isStopped)
        #expect(try Folded(table.story, table.second).only("meeting.convene").isStopped)
    }

    @Test func `meeting.convene: a refusal meets it`() throws {
        var table = try Table()
        try table.record(.refused(.init(meeting: table.request, caseFile: table.second.id, reason: .notReady)))
        #expect(try Folded(table.story, table.second).only("meeting.convene").isStopped)
        #expect(try Folded(table.story, table.first).only("meeting.convene").isOpen)
    }

    @Test func `meeting.minutes and meeting.confirm run once, in one case's sheet`() throws {
        var table = try Table()
        try table.convene()
        try table.hold()
        #expect(try Folded(table.story, table.first).due("meeting.minutes") == "2023-08-23")
        #expect(try Folded(table.story, table.second).runs("meeting.minutes").isEmpty)
        for (body, file) in [(table.gongan, table.first), (table.jiaoyu, table.second)] {
            try table.record(
                .minutesCirculated(
                    .init(meeting: table.meeting, caseFile: file.id, department: body, delivery: .feed, actions: [])))
        }
        #expect(try Folded(table.story, table.first).only("meeting.minutes").isStopped)
        #expect(try Folded(table.story, table.first).only("meeting.confirm").owner == table.gongan)
        #expect(try Folded(table.story, table.second).only("meeting.confirm").owner == table.jiaoyu)
    }

    @Test func `meeting.action: ten working days a body, or the meeting's own limit, until it is done`() throws {
        var table = try Table()
        try table.convene()
        try table.hold()
        let resolution: ResolutionID = table.story.id()
        let limits: [(DepartmentCode, DeadlineLimit?)] = [(table.gongan, nil), (table.jiaoyu, .workingDays(3))]
        for (body, limit) in limits {
            try table.record(
                .actionAssigned(
                    .init(
                        meeting: table.meeting, caseFile: table.first.id, resolution: resolution,
                        assignment: MeetingAssignment(
                            department: body, kind: .reportBack, limit: limit))))
        }
        let due = try Folded(table.story, table.first).runs("meeting.action").map { $0.dueDay?.description }
        #expect(due == ["2023-09-01", "2023-08-23"])
        try table.record(
            .actionDone(
                .init(
                    meeting: table.meeting, caseFile: table.first.id, resolution: resolution, department: table.jiaoyu)
            ))
        let runs = try Folded(table.story, table.first).runs("meeting.action")
        #expect(runs.map(\.isStopped) == [false, true])
    }

    @Test func `meeting.action: a pause stops the run of the body it names, and no other`() throws {
        var table = try Table()
        try table.convene()
        try table.hold()
        let resolution: ResolutionID = table.story.id()
        for body in [table.gongan, table.jiaoyu] {
            try table.record(
                .actionAssigned(
                    .init(
                        meeting: table.meeting, caseFile: table.first.id, resolution: resolution,
                        assignment: MeetingAssignment(department: body, kind: .reportBack))))
        }
        try table.story.record(
            .casework(
                .deadline(
                    .paused(
                        .init(
                            caseFile: table.first.id, rule: try known("meeting.action"),
                            instance: .resolution(resolution), reason: .court, expectedUntil: try known("2023-09-01"),
                            basis: "test", body: table.gongan)))))
        try table.story.record(
            .casework(
                .deadline(
                    .extended(
                        .init(
                            caseFile: table.first.id, rule: try known("meeting.action"),
                            instance: .resolution(resolution), granted: .add(3), basis: "test", body: table.jiaoyu)))))
        let runs = try Folded(table.story, table.first).runs("meeting.action")
        #expect(runs.map(\.id.body) == [table.gongan, table.jiaoyu])
        #expect(runs.map(\.pauses.count) == [1, 0] && runs.map(\.extensions.count) == [0, 1])
    }

    @Test func `meeting.action: what is resolved without condition starts with its resolution, at the same instant`()
        throws
    {
        let rule = try #require(try ShippedRules.deadlines().first { $0.id.description == "meeting.action" })
        #expect(rule.start.map(\.event) == ["ResolutionActionAssigned"])
        var table = try Table()
        try table.convene()
        try table.hold()
        let resolution: ResolutionID = table.story.id()
        try table.record(
            .resolutionAdopted(
                .init(
                    meeting: table.meeting, caseFile: table.first.id, resolution: resolution, condition: nil,
                    actions: [])))
        let adopted = try #require(table.story.events.last)
        try table.record(
            .actionAssigned(
                .init(
                    meeting: table.meeting, caseFile: table.first.id, resolution: resolution,
                    assignment: MeetingAssignment(department: table.gongan, kind: .reportBack))))
        let run = try Folded(table.story, table.first).only("meeting.action")
        #expect(run.started.occurredAt == adopted.occurredAt)
    }

    @Test func `an item off the agenda leaves case and meeting, and a request whose last it was waits again`() throws {
        var table = try Table()
        try table.convene()
        try table.record(
            .agendaItemWithdrawn(
                .init(
                    meeting: table.meeting, caseFile: table.second.id, item: table.second.items[0],
                    reason: .papersMissing, departments: [table.jiaoyu], request: table.request)),
            meetings: [table.request])
        let second = try Folded(table.story, table.second).replay.row
        #expect(second.meetings.first { $0.id == table.request }?.state == .requested)
        let guest = try #require(second.meetings.first { $0.id == table.meeting })
        #expect(guest.state == .cancelled && guest.agenda.isEmpty && guest.invited.isEmpty)
        #expect(try Folded(table.story, table.second).only("meeting.convene").isOpen, "its limit runs on")
        #expect(try table.row(table.request).open == [.convene])
        #expect(try table.row(table.meeting).agenda.map(\.caseFile) == [table.first.id])
        try table.hold()
        #expect(try Folded(table.story, table.second).only("meeting.convene").isOpen, "met by its own meeting alone")
    }

    @Test func `each case shows its own agenda and bodies, and the meeting shows them all`() throws {
        var table = try Table()
        try table.convene()
        let first = try Folded(table.story, table.first).replay.row
        let second = try Folded(table.story, table.second).replay.row
        #expect(first.meetings.map(\.invited) == [[table.gongan]])
        let guest = try #require(second.meetings.first { $0.id == table.meeting })
        #expect(guest.invited == [table.jiaoyu] && guest.state == .convened && !guest.isOwn)
        #expect(second.meetings.first { $0.id == table.request }?.state == .placed)
        let row = try table.row(table.meeting)
        #expect(row.cases == [table.first.id, table.second.id])
        #expect(row.agenda.map(\.attended) == [[table.jiaoyu], [table.gongan]])
        #expect(row.open == [.hold])
        #expect(try table.row(table.request).placedOn == table.meeting)
    }

    @Test func `a cancelled meeting gives the requests back, in the case and in the list`() throws {
        var table = try Table()
        try table.convene()
        try table.record(
            .cancelled(
                .init(
                    meeting: table.meeting, caseFile: table.first.id, reason: .circumstances,
                    cases: [table.first.id, table.second.id])), meetings: [table.request])
        let second = try Folded(table.story, table.second).replay.row
        #expect(second.meetings.first { $0.id == table.request }?.state == .requested)
        #expect(second.meetings.first { $0.id == table.meeting }?.state == .cancelled)
        #expect(try table.row(table.request).open == [.convene])
        #expect(try table.row(table.meeting).agenda.map(\.caseFile) == [table.first.id])
        #expect(try Folded(table.story, table.second).only("meeting.convene").isOpen, "its limit runs on")
    }

    @Test func `a held meeting is open until it is signed, sent, answered, done and closed`() throws {
        var table = try Table()
        try table.convene()
        try table.hold()
        #expect(try table.row(table.meeting).open == [.sign, .circulate])
        try table.record(.minutesSigned(.init(meeting: table.meeting, caseFile: table.first.id)))
        for (body, file) in [(table.gongan, table.first), (table.jiaoyu, table.second)] {
            try table.record(
                .minutesCirculated(
                    .init(meeting: table.meeting, caseFile: file.id, department: body, delivery: .feed, actions: [])))
        }
        #expect(try table.row(table.meeting).open == [.confirm])
        for (body, file, silent) in [(table.gongan, table.first, true), (table.jiaoyu, table.second, false)] {
            try table.record(
                .minutesConfirmed(
                    .init(meeting: table.meeting, caseFile: file.id, department: body, isSilent: silent)))
        }
        #expect(try table.row(table.meeting).extracts.map(\.answer) == [.silent, .confirmed])
        #expect(try table.row(table.meeting).open == [.close])
        try table.record(
            .closed(
                .init(meeting: table.meeting, caseFile: table.first.id, cases: [table.first.id, table.second.id])))
        #expect(try table.row(table.meeting).open == [])
    }

    @Test func `an extract goes through the filter of a slice: its own body reads it whole, another nothing`() throws {
        var table = try Table()
        try table.convene()
        try table.hold()
        let action = ExtractedAction(
            resolution: table.story.id(), task: try known("living.support"), role: .lead, lead: table.jiaoyu,
            limit: .workingDays(3), isConditional: false)
        let event = try table.story.record(
            .casework(
                .meeting(
                    .minutesCirculated(
                        .init(
                            meeting: table.meeting, caseFile: table.second.id, department: table.jiaoyu,
                            delivery: .feed, actions: [action], items: table.second.items)))),
            to: Disclosure([table.jiaoyu: [DisclosedGroup(.reference)]]))
        let renderer = SliceRenderer(logID: event.eventID)
        var history = RuleBookHistory()
        for event in table.story.events { try history.evolve(with: event) }
        let slice = try renderer.render(
            event, for: table.jiaoyu, isLive: true, feedSequence: 1, rules: history.current, values: [:])
        let extract = try #require(try table.row(table.meeting).extracts.first)
        #expect(try EventJSON.encode(slice.data.open["actions"]) == EventJSON.encode(extract.actions))
        #expect(try EventJSON.encode(slice.data.open["items"]) == EventJSON.encode(extract.items))
        #expect(slice.data.parts.isEmpty)
        #expect(throws: SliceError.notAddressed(table.gongan, event.position)) {
            try renderer.parts(of: event, for: table.gongan, isLive: true)
        }
        #expect(throws: SliceError.notAddressed(table.gongan, event.position)) {
            try renderer.render(
                event, for: table.gongan, isLive: true, feedSequence: 1, rules: history.current, values: [:])
        }
    }

    @Test func `the office has to do with a case from triage to a meeting on, and no more once it refused`() throws {
        var table = try Table()
        #expect(try Folded(table.story, table.second).replay.row.isBeforeMeeting)
        try table.record(.refused(.init(meeting: table.request, caseFile: table.second.id, reason: .notReady)))
        #expect(try !Folded(table.story, table.second).replay.row.isBeforeMeeting)
    }
}
