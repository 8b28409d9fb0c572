import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

@Suite struct PublishingTests {
    private let given = Fixtures.departments

    @Test func `a hub is created once`() {
        let hub = HubCreated(hubCode: "DY", demo: true)
        expect(RuleBook.self, when: .createHub(hub), then: [.hubCreated(hub)])
        expect(RuleBook.self, given: [.hubCreated(hub)], when: .createHub(hub), then: [])
        expect(
            RuleBook.self, given: [.hubCreated(hub)], when: .createHub(HubCreated(hubCode: "DY", demo: false)),
            refuses: .hubAlreadyCreated)
        for bad in ["", "D", "dy", "DANYANG", "D1"] {
            expect(
                RuleBook.self, when: .createHub(HubCreated(hubCode: bad, demo: true)), refuses: .hubCodeMalformed)
        }
    }

    @Test func `a department event carries the department's tag and goes to nobody`() {
        expect(
            RuleBook.self, when: .registerDepartment(Fixtures.jiaoyu),
            decides: [
                Decided(.departmentRegistered(Fixtures.jiaoyu), tags: [.department(Fixtures.code("jiaoyu"))])
            ])
    }

    @Test func `the same version with the same content is already so`() {
        expect(RuleBook.self, given: given, when: .registerDepartment(Fixtures.jiaoyu), then: [])
        let book = given + [.policyItemPublished(Fixtures.grant), .deadlineRulePublished(Fixtures.receive)]
        expect(RuleBook.self, given: book, when: .publishPolicyItem(Fixtures.grant), then: [])
        expect(RuleBook.self, given: book, when: .publishDeadlineRule(Fixtures.receive), then: [])
    }

    @Test func `the same version with other content is refused`() {
        var other = Fixtures.grant
        other.basis = "another clause"
        expect(
            RuleBook.self, given: given + [.policyItemPublished(Fixtures.grant)], when: .publishPolicyItem(other),
            refuses: .versionPublishedWithOtherContent(1))
    }

    @Test func `versions grow by one`() {
        var later = Fixtures.grant
        later.version = 3
        expect(
            RuleBook.self, given: given + [.policyItemPublished(Fixtures.grant)], when: .publishPolicyItem(later),
            refuses: .nextVersionIs(2))
        later.version = 2
        expect(
            RuleBook.self, given: given + [.policyItemPublished(Fixtures.grant)], when: .publishPolicyItem(later),
            then: [.policyItemRevised(later)])
    }

    @Test func `an older version can still be asked for`() {
        var later = Fixtures.grant
        later.version = 2
        later.limit = .workingDays(5)
        let book = RuleBook(replaying: given + [.policyItemPublished(Fixtures.grant), .policyItemPublished(later)])
        #expect(book.policyItem(Fixtures.grant.code)?.limit == .workingDays(5))
        #expect(book.policyItem(Fixtures.grant.code, version: 1)?.limit == .workingDays(7))
        #expect(book.policyItem(Fixtures.grant.code, version: 3) == nil)
    }

    @Test func `a department keeps its kind`() {
        let changed = Fixtures.department("jiaoyu", .voluntary, "教育", "education", version: 2)
        expect(
            RuleBook.self, given: given, when: .registerDepartment(changed),
            refuses: .departmentKindChanged(to: .voluntary))
    }

    @Test func `a post belongs to its department`() {
        var department = Fixtures.department("sifa", .statutory, "司法", "justice")
        department.posts.append(.init(code: Fixtures.post("gongan/desk"), name: Label("窗口", "desk")))
        expect(
            RuleBook.self, when: .registerDepartment(department),
            refuses: .postOfAnotherDepartment(Fixtures.post("gongan/desk")))
    }

    @Test func `a court may listen to its empty feed, and two bodies never share a key`() {
        let keys = DepartmentKeys(
            department: Fixtures.code("jiaoyu"), transport: Fixtures.key("a"), agreement: Fixtures.key("b"),
            signing: Fixtures.key("c"))
        var court = keys
        court.department = Fixtures.code("fayuan")
        var police = keys
        police.department = Fixtures.code("gongan")
        let book = given + [.departmentKeysRegistered(keys)]
        expect(
            RuleBook.self, given: given, when: .registerDepartmentKeys(keys), then: [.departmentKeysRegistered(keys)])
        expect(RuleBook.self, given: book, when: .registerDepartmentKeys(keys), then: [])
        expect(
            RuleBook.self, given: given, when: .registerDepartmentKeys(court),
            then: [.departmentKeysRegistered(court)])
        expect(
            RuleBook.self, given: book, when: .registerDepartmentKeys(police), refuses: .keyInUse(by: keys.department))
    }

    @Test func `a task asks a court for nothing, a voluntary body by offer, others by referral`() {
        func task(_ kind: DispatchTask.Kind, _ department: String) -> RuleBookCommand {
            .reviseDispatchCatalog(
                DispatchTask(
                    code: Fixtures.name("some.task"), kind: kind, name: Label("某事", "some task"),
                    participants: [.init(Fixtures.code(department), .lead, slice: [])], basis: "b", purpose: "p"))
        }
        expect(
            RuleBook.self, given: given, when: task(.referral, "fayuan"),
            refuses: .judicialBodyIsAsked(Fixtures.code("fayuan")))
        expect(
            RuleBook.self, given: given, when: task(.referral, "jijinhui"),
            refuses: .voluntaryBodyNeedsOffer(Fixtures.code("jijinhui")))
        expect(
            RuleBook.self, given: given, when: task(.offer, "jiaoyu"),
            refuses: .offerToBodyThatMayNotDecline(Fixtures.code("jiaoyu")))
    }

    @Test func `a task has one lead and gives no body what it never gets`() {
        var twoLeads = Fixtures.trace
        twoLeads.participants[1].part = .lead
        expect(RuleBook.self, given: given, when: .reviseDispatchCatalog(twoLeads), refuses: .notExactlyOneLead)
        var twice = Fixtures.trace
        twice.participants.append(twice.participants[1])
        expect(
            RuleBook.self, given: given, when: .reviseDispatchCatalog(twice),
            refuses: .departmentListedTwice(twice.participants[1].department))
        var nameless = Fixtures.trace
        nameless.name = Label("寻亲", "")
        expect(RuleBook.self, given: given, when: .reviseDispatchCatalog(nameless), refuses: .labelEmpty)
        var address = Fixtures.trace
        address.participants[0].slice.append(.init(.applicant, [.contact]))
        expect(
            RuleBook.self, given: given, when: .reviseDispatchCatalog(address),
            refuses: .groupNeverGiven(.contact, to: Fixtures.code("gongan")))
        var illness = Fixtures.trace
        illness.participants[1].slice.append(.init(.applicant, [.health]))
        expect(
            RuleBook.self, given: given, when: .reviseDispatchCatalog(illness),
            refuses: .groupNeverGiven(.health, to: Fixtures.code("fulian")))
        expect(
            RuleBook.self, given: given, when: .reviseDispatchCatalog(Fixtures.trace),
            then: [.dispatchCatalogRevised(Fixtures.trace)])
    }

    @Test func `a limit needs a start, and an end unless it is a floor`() {
        var rule = Fixtures.receive
        rule.start = []
        expect(RuleBook.self, when: .publishDeadlineRule(rule), refuses: .ruleNeverStarts)
        rule = Fixtures.receive
        rule.stop = []
        expect(RuleBook.self, when: .publishDeadlineRule(rule), refuses: .ruleNeverStops)
        rule.bound = .floor
        expect(RuleBook.self, when: .publishDeadlineRule(rule), refuses: .floorWithLadder)
        rule.ladder = .none
        expect(RuleBook.self, when: .publishDeadlineRule(rule), then: [.deadlineRulePublished(rule)])
    }

    @Test(arguments: [DeadlineLimit.hours(24), .workingHours(4), .months(6)])
    func `a limit that no pause can lengthen has no reason to be paused`(limit: DeadlineLimit) {
        var rule = Fixtures.receive
        rule.terms = DeadlineTerms(limit: limit)
        rule.pausable = [.applicant]
        expect(RuleBook.self, when: .publishDeadlineRule(rule), refuses: .limitRunsOn)
        rule.pausable = []
        expect(RuleBook.self, when: .publishDeadlineRule(rule), then: [.deadlineRulePublished(rule)])
    }

    @Test func `a limit that may be extended lists its grounds and how far, and names items that exist`() {
        var rule = Fixtures.receive
        rule.extendable = .init(grounds: [])
        expect(RuleBook.self, when: .publishDeadlineRule(rule), refuses: .extensionWithoutGround)
        rule.extendable = .init(grounds: [.objection], total: 1)
        expect(RuleBook.self, when: .publishDeadlineRule(rule), refuses: .extensionTooShort)
        rule.extendable = .init(grounds: [.objection], total: 2)
        expect(RuleBook.self, when: .publishDeadlineRule(rule), then: [.deadlineRulePublished(rule)])
        rule.policyItems = [Fixtures.grant.code]
        expect(RuleBook.self, when: .publishDeadlineRule(rule), refuses: .unknownPolicyItem(Fixtures.grant.code))
    }

    @Test func `a calendar that cannot be built is refused, and its name is used once`() {
        let published = RuleBookEvent.calendarPublished(CalendarPublished(calendar: Fixtures.calendar))
        let changed = CalendarDocument(
            version: "CN-2023.1", first: Fixtures.calendar.first, firmUntil: Fixtures.calendar.firmUntil,
            offWeekdays: [], makeupWorkdays: [])
        let unusable = CalendarDocument(
            version: "x", first: Fixtures.calendar.first, firmUntil: Fixtures.calendar.firmUntil,
            offWeekdays: [Fixtures.day("2023-09-30")], makeupWorkdays: [])
        expect(RuleBook.self, when: .publishCalendar(Fixtures.calendar), then: [published])
        expect(RuleBook.self, given: [published], when: .publishCalendar(Fixtures.calendar), then: [])
        expect(
            RuleBook.self, given: [published], when: .publishCalendar(changed),
            refuses: .calendarVersionTaken("CN-2023.1"))
        expect(
            RuleBook.self, when: .publishCalendar(unusable),
            refuses: .calendarUnusable(.offDayOnWeekend(Fixtures.day("2023-09-30"))))
    }

    @Test func `a delegation names towns there are, each once, its paper, a cap above nothing, and days in order`() {
        let towns = given + [.townRegistered(Fixtures.huangtang)]
        let huangtang = Fixtures.town("huangtang")
        func item(_ delegation: PolicyItem.Delegation) -> PolicyItem {
            var item = Fixtures.grant
            item.delegation = delegation
            return item
        }
        func refuses(_ delegation: PolicyItem.Delegation, _ refusal: RuleBookRefusal) {
            expect(RuleBook.self, given: towns, when: .publishPolicyItem(item(delegation)), refuses: refusal)
        }
        refuses(.init(towns: [], basis: "p"), .delegationMalformed)
        refuses(.init(towns: [huangtang, huangtang], basis: "p"), .delegationMalformed)
        refuses(.init(towns: [huangtang], basis: " "), .delegationMalformed)
        refuses(.init(towns: [huangtang], basis: "p", cap: 0), .delegationMalformed)
        let nowhere = Fixtures.town("nowhere")
        refuses(.init(towns: [nowhere], basis: "p"), .unknownTown(nowhere))
        refuses(
            .init(
                towns: [huangtang], basis: "p", from: Fixtures.day("2024-02-01"), until: Fixtures.day("2024-01-01")),
            .tenureEndsBeforeItBegins)
        let whole = item(.init(towns: [huangtang], basis: "p", cap: 1, until: Fixtures.day("2024-01-01")))
        expect(RuleBook.self, given: towns, when: .publishPolicyItem(whole), then: [.policyItemPublished(whole)])
        let book = RuleBook(replaying: towns + [.policyItemPublished(whole)])
        let delegation = book.policyItem(whole.code)?.delegation
        #expect(delegation?.holds(for: huangtang, on: Fixtures.day("2024-01-01")) == true)
        #expect(delegation?.holds(for: huangtang, on: Fixtures.day("2024-01-02")) == false)
        #expect(delegation?.holds(for: nowhere, on: Fixtures.day("2023-12-01")) == false)
    }

    @Test func `a calendar that contradicts an announced year is refused unless it corrects it and says why`() {
        let published = RuleBookEvent.calendarPublished(CalendarPublished(calendar: Fixtures.calendar))
        let before = Fixtures.calendar
        let moved = before.firmUntil.isWeekend ? before.firmUntil.advanced(by: -2) : before.firmUntil
        let contradicting = CalendarDocument(
            version: "CN-2023.2", first: before.first, firmUntil: before.firmUntil,
            offWeekdays: (before.offWeekdays + [moved]).sorted(), makeupWorkdays: before.makeupWorkdays)
        expect(
            RuleBook.self, given: [published], when: .publishCalendar(contradicting),
            refuses: .calendarContradicts(moved, version: before.version))
        let empty = contradicting.with(notice: CalendarNotice(source: "通知", correction: " "))
        expect(
            RuleBook.self, given: [published], when: .publishCalendar(empty),
            refuses: .calendarContradicts(moved, version: before.version))
        let correcting = contradicting.with(notice: CalendarNotice(source: "通知", correction: "国务院办公厅更正"))
        expect(
            RuleBook.self, given: [published], when: .publishCalendar(correcting),
            then: [.calendarPublished(CalendarPublished(calendar: correcting))])
    }

    @Test func `a calendar published again with another report changes nothing`() {
        let seal = CalendarReportSeal(
            digest: "sha256:" + String(repeating: "0", count: 64), position: 1, moved: 0, promises: 0)
        let sealed = Fixtures.calendar.with(notice: CalendarNotice(source: "通知", report: seal))
        let published = RuleBookEvent.calendarPublished(CalendarPublished(calendar: sealed))
        let again = Fixtures.calendar.with(notice: CalendarNotice(source: "通知"))
        expect(RuleBook.self, given: [published], when: .publishCalendar(again), then: [])
    }
}
