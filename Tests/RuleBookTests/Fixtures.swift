import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

/// The bodies and tasks of the Danyang case, as far as the rule book's tests need them.
enum Fixtures {
    static let minzheng = department("minzheng", .statutory, "民政", "civil affairs")
    static let jiaoyu = department("jiaoyu", .statutory, "教育", "education")
    static let gongan = department("gongan", .policeOrgan, "公安", "police")
    static let fulian = department("fulian", .massOrganisation, "妇联", "women's federation", neverGets: [.health])
    static let fayuan = department("fayuan", .judicial, "法院", "court")
    static let jijinhui = department("jijinhui", .voluntary, "基金会", "foundation")

    static let departments: [RuleBookEvent] = [minzheng, jiaoyu, gongan, fulian, fayuan, jijinhui].map {
        .departmentRegistered($0)
    }

    static func department(
        _ code: String, _ kind: DepartmentKind, _ chinese: String, _ english: String, version: Int = 1,
        neverGets: Set<FieldGroup>? = nil
    ) -> Department {
        Department(
            code: self.code(code), version: version, kind: kind, name: Label(chinese, english),
            posts: [.init(code: post("\(code)/head"), name: Label("负责人", "head"), head: true)], neverGets: neverGets)
    }

    static let grant = PolicyItem(
        code: name("education.grant"), name: Label("助学金", "study grant"), department: code("jiaoyu"),
        limit: .workingDays(7), basis: "test", concernsMinor: true)

    static let trace = DispatchTask(
        code: name("trace.spouse"), name: Label("查找失联配偶", "find a missing spouse"),
        participants: [
            .init(code("gongan"), .lead, slice: [.init(.sought, [.identity]), .init(.applicant, [.household])]),
            .init(
                code("fulian"), .coHandler,
                slice: [.init(.sought, [.identity, .traceOutcome]), .init(.applicant, [.identity, .contact])]),
        ], basis: "test", purpose: "trace")

    static let companion = DispatchTask(
        code: name("companion"), kind: .offer, name: Label("结对陪伴", "companionship"),
        participants: [.init(code("jijinhui"), .lead, slice: [.init(.applicant, [.alias, .contact])])],
        basis: "test", purpose: "companionship")

    static let receive = DeadlineRule(
        id: name("referral.receive"), name: Label("签收", "receive"), scope: .referral,
        terms: DeadlineTerms(limit: .workingDays(1)), start: [.init("ReferralDispatched")],
        stop: [.init("ReferralReceived"), .init("ReturnRequested")], owner: .lead,
        basis: .init("RULINGS §1", .houseRule), effectiveFrom: day("2023-01-01"))

    static let calendar = CalendarDocument(
        version: "CN-2023.1", first: day("2023-01-01"), firmUntil: day("2023-12-28"),
        offWeekdays: [day("2023-09-29")], makeupWorkdays: [day("2023-10-07")])

    static let book = RuleBook(
        replaying: departments + [
            .policyItemPublished(grant), .dispatchCatalogRevised(trace), .dispatchCatalogRevised(companion),
            .deadlineRulePublished(receive), .calendarPublished(CalendarPublished(calendar: calendar)),
        ])

    static let windowPost = post("huangtang/window")
    static let villagePost = post("huangtang/v01")

    /// A town with its own station and one village with a service point.
    static let huangtang = Town(
        code: town("huangtang"), name: Label("黄塘镇", "Huangtang"),
        villages: [.init(code: name("v01"), name: Label("柳湾村", "Liuwan"))],
        stations: [
            .init(
                code: name("huangtang.station"), name: Label("站", "station"),
                posts: [.init(code: windowPost, name: Label("窗口", "window"))]),
            .init(
                code: name("huangtang.v01"), name: Label("点", "point"), village: name("v01"),
                capabilities: [.register], posts: [.init(code: villagePost, name: Label("协理员", "assistant"))]),
        ])

    static func tenure(_ post: PostCode, _ from: String, until: String? = nil, by holder: AccountID? = alice)
        -> PostTenure
    {
        PostTenure(post: post, holder: holder, from: day(from), until: until.map(day))
    }

    static let alice = AccountID(UniqueID(versionSevenAt: Instant(milliseconds: 1), random: (1, 1)))
    static let bob = AccountID(UniqueID(versionSevenAt: Instant(milliseconds: 1), random: (1, 2)))

    static func town(_ text: String) -> TownCode {
        guard let code = TownCode(text) else { preconditionFailure(text) }
        return code
    }

    static func code(_ text: String) -> DepartmentCode {
        guard let code = DepartmentCode(text) else { preconditionFailure(text) }
        return code
    }

    static func post(_ text: String) -> PostCode {
        guard let post = PostCode(text) else { preconditionFailure(text) }
        return post
    }

    static func day(_ text: String) -> CivilDay {
        guard let day = CivilDay(text) else { preconditionFailure(text) }
        return day
    }

    static func name<Named>(_ text: String) -> RuleName<Named> {
        guard let name = RuleName<Named>(text) else { preconditionFailure(text) }
        return name
    }

    static func key(_ digit: Character) -> PublicKeyText {
        guard let key = PublicKeyText(String(repeating: digit, count: 64)) else { preconditionFailure("a hex digit") }
        return key
    }
}
