import Casework
import Deadlines
import EventSourcing
import Foundation
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

/// Bodies, tasks and limits of the Danyang story, and identifiers that say what they are.
enum Fixture {
    static let minzheng = department("minzheng")
    static let jiaoyu = department("jiaoyu")
    static let gongan = department("gongan")
    static let fulian = department("fulian")
    static let sifa = department("sifa")
    static let fayuan = department("fayuan")
    static let jijinhui = department("jijinhui")

    static func department(_ text: String) -> DepartmentCode {
        guard let code = DepartmentCode(text) else { preconditionFailure("\(text) is a department code") }
        return code
    }

    static func post(_ text: String) -> PostCode {
        guard let code = PostCode(text) else { preconditionFailure("\(text) is a post") }
        return code
    }

    static func task(_ text: String) -> TaskCode {
        guard let code = TaskCode(text) else { preconditionFailure("\(text) is a task") }
        return code
    }

    static func item(_ text: String) -> PolicyItemCode {
        guard let code = PolicyItemCode(text) else { preconditionFailure("\(text) is a policy item") }
        return code
    }

    static func rule(_ text: String) -> DeadlineRuleID {
        guard let id = DeadlineRuleID(text) else { preconditionFailure("\(text) is a rule") }
        return id
    }

    static func day(_ text: String) -> CivilDay {
        guard let day = CivilDay(text) else { preconditionFailure("\(text) is a day") }
        return day
    }

    /// Nine in the morning of a day in Danyang.
    static func morning(_ text: String) -> Instant {
        guard let instant = Instant("\(text)T09:00:00+08:00") else { preconditionFailure("\(text) is a day") }
        return instant
    }

    /// The identifier that a small number stands for.
    static func id<Entity>(_ number: UInt64) -> EntityID<Entity> {
        EntityID(UniqueID(versionSevenAt: Instant(milliseconds: 1), random: (7, number)))
    }

    /// A paper whose digest is one hexadecimal digit, repeated.
    static func attachment(_ digit: Character) throws -> Casework.Attachment {
        let json = #"{"bytes":3,"digest":""# + String(repeating: digit, count: 64) + #""}"#
        return try JSONDecoder().decode(Casework.Attachment.self, from: Data(json.utf8))
    }

    static let town = TownCode("yunyang") ?? { preconditionFailure("a town") }()
    static let number = EntityNumber("DY23-00001") ?? { preconditionFailure("a number") }()

    static let calendar: WorkingCalendar = {
        let off = [
            "2023-09-29", "2023-10-02", "2023-10-03", "2023-10-04", "2023-10-05", "2023-10-06", "2024-01-01",
        ]
        let document = CalendarDocument(
            version: "2023", first: day("2023-01-01"), firmUntil: day("2023-12-31"), offWeekdays: off.map(day),
            makeupWorkdays: ["2023-10-07", "2023-10-08"].map(day))
        guard let calendar = try? WorkingCalendar(document) else { preconditionFailure("a calendar") }
        return calendar
    }()

    static let rules: RuleBook = {
        var book = RuleBook()
        for event in ruleEvents { book.evolve(with: event) }
        return book
    }()

    private static var ruleEvents: [RuleBookEvent] {
        let kinds: [(DepartmentCode, DepartmentKind, String)] = [
            (minzheng, .statutory, "relief"), (jiaoyu, .statutory, "aid"), (gongan, .policeOrgan, "household"),
            (fulian, .massOrganisation, "rights"), (sifa, .statutory, "legalaid"), (fayuan, .judicial, "filing"),
            (jijinhui, .voluntary, "care"),
        ]
        var events = kinds.map { code, kind, slug in
            RuleBookEvent.departmentRegistered(
                Department(
                    code: code, kind: kind, name: Label("部门", "Body"),
                    posts: [
                        .init(code: post("\(code)/head"), name: Label("领导", "Head"), head: true),
                        .init(code: post("\(code)/\(slug)"), name: Label("岗位", "Post")),
                    ]))
        }
        for (code, owner, minor) in [
            ("living.support", minzheng, false), ("education.grant", jiaoyu, true),
            ("family.mediation", fulian, false), ("legal.aid", sifa, false),
        ] {
            events.append(
                .policyItemPublished(
                    PolicyItem(
                        code: item(code), name: Label("事项", "Item"), department: owner, basis: "办法",
                        concernsMinor: minor)))
        }
        events.append(
            .policyItemPublished(
                PolicyItem(
                    code: item("temporary.relief"), name: Label("临时救助", "Temporary relief"), department: minzheng,
                    basis: "办法", papers: ["id-card", "proof"], advanceReliefCap: 200_000, stationReliefCap: 50_000)))
        events.append(
            .policyItemPublished(
                PolicyItem(
                    code: item("living.allowance"), name: Label("低保", "Living allowance"), department: minzheng,
                    basis: "办法", needsPublicity: true)))
        events += tasks.map(RuleBookEvent.dispatchCatalogRevised)
        events += limits.map(RuleBookEvent.deadlineRulePublished)
        return events
    }

    private static var tasks: [DispatchTask] {
        let lead = DispatchTask.Part.lead
        let helper = DispatchTask.Part.coHandler
        func make(
            _ code: String, _ kind: DispatchTask.Kind, items: [String] = [], limit: DeadlineLimit? = nil,
            _ participants: [DispatchTask.Participant]
        ) -> DispatchTask {
            DispatchTask(
                code: task(code), kind: kind, name: Label("任务", "Task"), items: items.map(item),
                participants: participants, limit: limit, basis: "办法", purpose: "救助")
        }
        return [
            make(
                "living.support", .referral, items: ["living.support"],
                [
                    .init(
                        minzheng, lead,
                        slice: [.init(.applicant, [.identity, .contact, .health, .tags]), .init(.child, [.identity])])
                ]),
            make(
                "economic.check", .referral, [.init(minzheng, lead, slice: [.init(.beneficiary, [.identity])])]),
            make(
                "education.grant", .referral, items: ["education.grant"],
                [.init(jiaoyu, lead, slice: [.init(.child, [.identity, .schooling, .tags])])]),
            make(
                "trace.spouse", .referral,
                [
                    .init(gongan, lead, slice: [.init(.sought, [.identity])]),
                    .init(fulian, helper, slice: [.init(.applicant, [.identity]), .init(.sought, [.identity])]),
                ]),
            make(
                "mediate.support", .referral, items: ["family.mediation"],
                [
                    .init(
                        fulian, lead,
                        slice: [
                            .init(.applicant, [.identity, .contact, .familyConflict]), .init(.spouse, [.identity]),
                            .init(.sought, [.traceOutcome]),
                        ]),
                    .init(
                        gongan, helper,
                        slice: [.init(.applicant, [.identity, .familyConflict]), .init(.spouse, [.identity])]),
                ]),
            make(
                "companion.care", .offer, limit: .workingDays(3),
                [
                    .init(
                        jijinhui, lead, slice: [.init(.applicant, [.alias, .contact]), .init(.child, [.alias])])
                ]),
            make(
                "legal.aid", .referral, items: ["legal.aid"], limit: .calendarDays(7),
                [.init(sifa, lead, slice: [.init(.applicant, [.identity, .contact, .capability])])]),
        ]
    }

    private static var limits: [DeadlineRule] {
        func make(
            _ id: String, _ scope: EventTag.Kind, _ days: Int, start: String, stop: String,
            owner: DeadlineRule.Owner, pausable: [DeadlineRule.PauseReason] = []
        ) -> DeadlineRule {
            DeadlineRule(
                id: rule(id), name: Label("时限", "Limit"), scope: scope,
                terms: DeadlineTerms(limit: .workingDays(days)), start: [.init(start)], stop: [.init(stop)],
                owner: owner, pausable: pausable, basis: .init("规定", .houseRule), effectiveFrom: day("2023-01-01"))
        }
        return [
            make(
                "case.exit", .caseFile, 20, start: "ApplicationSubmitted", stop: "CaseExited", owner: .centre,
                pausable: [.applicant]),
            make(
                "referral.remit", .referral, 2, start: "ReferralDispatched", stop: "ReferralAccepted", owner: .lead),
            make("offer.answer", .referral, 3, start: "ReferralDispatched", stop: "ReferralAccepted", owner: .lead),
            make(
                "referral.handle", .referral, 10, start: "ReferralDispatched", stop: "ReferralCompleted",
                owner: .lead, pausable: [.applicant, .expert, .court]),
            make(
                "meeting.confirm", .meeting, 2, start: "MinutesCirculated", stop: "MinutesConfirmed",
                owner: .department),
            make(
                "meeting.action", .resolution, 10, start: "ResolutionActionAssigned", stop: "ActionDone",
                owner: .department, pausable: [.court]),
        ]
    }
}
