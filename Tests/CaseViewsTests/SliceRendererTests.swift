import CaseViews
import Casework
import Deadlines
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// What a department reads is what its disclosure grants, and nothing else (`FORMATS.md` §3, §6).
@Suite struct SliceRendererTests {
    private let renderer = SliceRenderer(logID: logID)

    private static let logID = {
        var chance = SeededGenerator(seed: 7)
        return chance.uniqueID()
    }()

    @Test func `a dispatch is a CloudEvent with the due dates of its position`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        story.day("2023-08-18")
        try story.dispatch(&file, to: "jiaoyu")
        let event = try #require(story.events.last)
        let rules = try rules(story)
        let rendered = try renderer.render(
            event, for: known("jiaoyu"), isLive: true, feedSequence: 3, rules: rules, values: [:])
        let json = try EventJSON.decode(JSONValue.self, from: renderer.bytes(rendered, of: event))
        #expect(json["source"]?.text == "urn:onedoor:\(Self.logID)")
        #expect(json["type"]?.text == "cn.onedoor.ReferralDispatched.v1")
        #expect(json["subject"]?.text == "referral/\(file.referrals[0])")
        #expect(json["time"]?.text == "2023-08-18T01:00:00.000Z")
        #expect(json["sequence"]?.text == String(repeating: "0", count: 18) + "\(event.position)")
        #expect(json["feedseq"]?.text == "00000000000000000003")
        let due = try #require(json["data"]?["open"]?["due"])
        #expect(due["referral.receive"]?["dueDay"]?.text == "2023-08-21")
        #expect(due["referral.remit"]?["dueDay"]?.text == "2023-08-22")
        #expect(due["referral.handle"]?["dueDay"]?.text == "2023-09-01")
        #expect(due["case.exit"] == nil)
    }

    @Test func `the predecessor of a referral is not in a slice of reference alone`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        let first = try story.dispatch(&file, to: "gongan")
        try story.dispatch(&file, to: "fulian", predecessor: first)
        let event = try #require(story.events.last)
        let rendered = try renderer.render(
            event, for: known("fulian"), isLive: true, feedSequence: 1, rules: rules(story), values: [:])
        #expect(rendered.data.open["predecessor"] == nil)
        #expect(rendered.data.open["lead"]?.text == "fulian")
    }

    @Test func `a release carries the sections it names, and an erased one says so`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        let body: DepartmentCode = try known("jiaoyu")
        let referral = try story.dispatch(&file, to: "jiaoyu")
        let source = try story.record(
            .casework(
                .caseFile(
                    .visitCompleted(
                        CaseFileEvent.VisitCompleted(
                            caseFile: file.id, visit: story.id(), purpose: .intake, town: Story.town(), visitors: 2)))),
            sealed: [(.schooling, file.applicant), (.health, file.applicant)])
        let parts = source.sealed.map {
            ReleasedPart(group: $0.group, person: $0.person, event: source.eventID, section: $0.section)
        }
        let event = try story.record(
            .casework(
                .referral(
                    .sliceReleased(
                        ReferralEvent.SliceReleased(
                            referral: referral, caseFile: file.id, department: body, parts: parts)))),
            to: Disclosure([
                body: [DisclosedGroup(.reference), DisclosedGroup(.schooling, of: file.applicant)]
            ]))
        // Health is named by the release but not granted by the disclosure: the disclosure decides.
        let named = try renderer.parts(of: event, for: body, isLive: true)
        #expect(named.map(\.group) == [.schooling])
        let value = JSONValue.object(["grade": .string("6")])
        let whole = try renderer.render(
            event, for: body, isLive: true, feedSequence: 1, rules: rules(story),
            values: Dictionary(uniqueKeysWithValues: named.map { ($0, SliceValue.value(value)) }))
        #expect(whole.data.parts.map(\.value) == [value])
        let erased = try renderer.render(
            event, for: body, isLive: true, feedSequence: 1, rules: rules(story),
            values: Dictionary(uniqueKeysWithValues: named.map { ($0, SliceValue.erased) }))
        #expect(erased.data.parts.map(\.erased) == [true])
        #expect(throws: SliceError.partMissing(named[0])) {
            try renderer.render(event, for: body, isLive: true, feedSequence: 1, rules: rules(story), values: [:])
        }
    }

    @Test func `a department outside the audience gets nothing`() throws {
        var story = try danyang()
        story.day("2023-08-15")
        var file = try story.apply("DY23-00001")
        try story.dispatch(&file, to: "jiaoyu")
        let event = try #require(story.events.last)
        let court: DepartmentCode = try known("fayuan")
        #expect(throws: SliceError.notAddressed(court, event.position)) {
            try renderer.parts(of: event, for: court, isLive: true)
        }
    }

    @Test func `whatever a disclosure grants, no property or part outside it appears`() throws {
        var chance = SeededGenerator.printed()
        var story = Story(at: Instant(milliseconds: 0), seed: chance.next())
        story.day("2023-08-14", hour: 8)
        try story.layDownRules()
        try story.wander(cases: 4, steps: 150)
        let rules = try rules(story)
        for event in story.events {
            guard let kind = HubEvent.Kind(rawValue: event.type) else { continue }
            let body: DepartmentCode = try known(Story.bodies.randomElement(using: &chance) ?? "sifa")
            let people = Set(event.sealed.map(\.person))
            var grant: Set<DisclosedGroup> = []
            for group in FieldGroup.allCases where Bool.random(using: &chance) {
                grant.insert(DisclosedGroup(group))
                if let person = people.randomElement(using: &chance) { grant.insert(DisclosedGroup(group, of: person)) }
            }
            let disclosed = event.disclosed(to: Disclosure([body: grant]))
            let values = try renderer.parts(of: disclosed, for: body, isLive: true)
                .map { ($0, SliceValue.value(.string($0.group.rawValue))) }
            let rendered = try renderer.render(
                disclosed, for: body, isLive: true, feedSequence: 1, rules: rules,
                values: Dictionary(values) { first, _ in first })
            let groups = HubEvent.fieldGroups(of: kind)
            guard case .object(let open) = rendered.data.open else {
                Issue.record("open is no object")
                continue
            }
            for name in open.keys where name != "due" {
                let group = try #require(groups[name], "\(event.type).\(name) has no group")
                #expect(grant.contains(DisclosedGroup(group)), "\(event.type).\(name)")
            }
            #expect(open["due"] == nil || grant.contains(DisclosedGroup(.reference)))
            for part in rendered.data.parts {
                #expect(part.group != .signedCommand)
                #expect(grant.contains(DisclosedGroup(part.group, of: part.person)))
            }
        }
    }

    private func rules(_ story: Story) throws -> RuleBook {
        var history = RuleBookHistory()
        for event in story.events { try history.evolve(with: event) }
        return history.current
    }
}

extension RecordedEvent {
    /// The same event with another disclosure.
    fileprivate func disclosed(to disclosure: Disclosure) -> RecordedEvent {
        RecordedEvent(
            position: position, eventID: eventID, appendFirst: appendFirst, type: type, schemaVersion: schemaVersion,
            occurredAt: occurredAt, recordedAt: recordedAt, meta: meta, data: data, tags: tags,
            disclosureBytes: disclosure.bytes,
            salt: salt, removed: removed, leaf: leaf, sealed: sealed)
    }
}
