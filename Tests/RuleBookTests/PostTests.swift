import EventSourcing
import HubTesting
import RuleBook
import Testing

/// Who held a post when, and who may act from it.
@Suite struct PostTests {
    private static let dispatch = Fixtures.post("minzheng/dispatch")
    private static let given: [RuleBookEvent] = {
        var minzheng = Fixtures.minzheng
        minzheng.posts += [
            .init(code: dispatch, name: Label("派单", "dispatch"), roles: [.dispatcher]),
            .init(code: Fixtures.post("minzheng/relief"), name: Label("救助", "relief")),
        ]
        return [
            .departmentRegistered(minzheng), .departmentRegistered(Fixtures.jiaoyu),
            .departmentRegistered(Fixtures.jijinhui), .townRegistered(Fixtures.huangtang),
        ]
    }()
    private static let book = RuleBook(replaying: given)
    private let day = Fixtures.day("2023-08-15")

    private func refusal(
        _ post: PostCode, _ role: Role, of department: String? = nil, town: String? = nil, own: PostCode? = nil,
        account: AccountID = Fixtures.alice, in book: RuleBook = book, isRelayed: Bool = false
    ) -> PostRefusal? {
        let principal = Principal(
            account: account, role: role, department: department.map(Fixtures.code), town: town.map(Fixtures.town),
            post: own)
        do throws(PostRefusal) {
            try book.checkPost(post, for: principal, on: day, isRelayed: isRelayed)
            return nil
        } catch {
            return error
        }
    }

    // MARK: Holders

    @Test func `a post's holder is the one of the day`() {
        let book = RuleBook(
            replaying: Self.given + [
                .postHolderChanged(Fixtures.tenure(Self.dispatch, "2023-01-01", until: "2023-06-30")),
                .postHolderChanged(Fixtures.tenure(Self.dispatch, "2023-08-01", by: Fixtures.bob)),
                .postHolderChanged(Fixtures.tenure(Self.dispatch, "2024-01-01", by: nil)),
            ])
        func holder(_ day: String) -> AccountID? { book.holder(of: Self.dispatch, on: Fixtures.day(day)) }
        #expect(holder("2022-12-31") == nil && holder("2023-01-01") == Fixtures.alice)
        #expect(holder("2023-06-30") == Fixtures.alice && holder("2023-07-01") == nil)
        #expect(holder("2023-12-31") == Fixtures.bob && holder("2024-01-01") == nil)
        #expect(book.posts(heldBy: Fixtures.bob, on: Fixtures.day("2023-08-15")) == [Self.dispatch])
        #expect(book.tenures(of: Self.dispatch).count == 3)
    }

    @Test func `a post is held by one at a time, in the order of the days`() {
        let held =
            Self.given + [
                .postHolderChanged(Fixtures.tenure(Self.dispatch, "2023-01-01", until: "2023-06-30"))
            ]
        let next = Fixtures.tenure(Self.dispatch, "2023-07-01", by: Fixtures.bob)
        expect(RuleBook.self, given: held, when: .changePostHolder(next), then: [.postHolderChanged(next)])
        expect(RuleBook.self, given: held + [.postHolderChanged(next)], when: .changePostHolder(next), then: [])
        expect(
            RuleBook.self, given: held,
            when: .changePostHolder(Fixtures.tenure(Self.dispatch, "2023-06-30", by: Fixtures.bob)),
            refuses: .holderOverlaps(Self.dispatch, until: Fixtures.day("2023-06-30")))
        expect(
            RuleBook.self, given: held + [.postHolderChanged(next)],
            when: .changePostHolder(Fixtures.tenure(Self.dispatch, "2023-07-01")),
            refuses: .holderOverlaps(Self.dispatch, until: Fixtures.day("2023-07-01")))
    }

    @Test func `a tenure is of a known post and ends after it begins`() {
        let unknown = Fixtures.post("minzheng/nobody")
        expect(
            RuleBook.self, given: Self.given, when: .changePostHolder(Fixtures.tenure(unknown, "2023-01-01")),
            refuses: .unknownPost(unknown))
        expect(
            RuleBook.self, given: Self.given,
            when: .changePostHolder(Fixtures.tenure(Self.dispatch, "2023-01-02", until: "2023-01-01")),
            refuses: .tenureEndsBeforeItBegins)
    }

    // MARK: Acting

    @Test func `the centre acts from posts that list its role`() {
        #expect(refusal(Self.dispatch, .dispatcher) == nil)
        #expect(refusal(Self.dispatch, .supervisor) == .notForRole)
        #expect(refusal(Fixtures.post("minzheng/relief"), .dispatcher) == .notForRole)
        #expect(refusal(Fixtures.post("minzheng/nobody"), .dispatcher) == .unknown)
        #expect(refusal(Fixtures.windowPost, .dispatcher) == .notForRole)
    }

    @Test func `a department acts from its own posts, and from the head's only as head`() {
        let relief = Fixtures.post("minzheng/relief")
        let head = Fixtures.post("minzheng/head")
        #expect(refusal(relief, .department, of: "minzheng") == nil)
        #expect(refusal(relief, .department, of: "jiaoyu") == .otherDepartment)
        #expect(refusal(head, .department, of: "minzheng") == .headOnly)
        #expect(refusal(head, .departmentHead, of: "minzheng") == nil)
        #expect(refusal(Fixtures.post("minzheng/nobody"), .department, of: "minzheng") == .unknown)
        #expect(refusal(Fixtures.post("jijinhui/head"), .voluntary, of: "jijinhui") == nil)
    }

    @Test func `what a department's adapter signs, the department answers for`() {
        #expect(refusal(Fixtures.post("minzheng/head"), .department, of: "minzheng", isRelayed: true) == nil)
        #expect(refusal(Fixtures.post("minzheng/nobody"), .department, of: "minzheng", isRelayed: true) == .unknown)
    }

    @Test func `a station's post belongs to its town, a village's to its village`() {
        #expect(refusal(Fixtures.windowPost, .station, town: "huangtang") == nil)
        #expect(refusal(Fixtures.windowPost, .station, town: "meixi") == .otherTown)
        #expect(refusal(Fixtures.villagePost, .station, town: "huangtang") == .notForRole)
        #expect(refusal(Fixtures.villagePost, .village, town: "huangtang") == nil)
        #expect(refusal(Fixtures.villagePost, .village, town: "meixi") == .otherTown)
        #expect(refusal(Fixtures.windowPost, .village, town: "huangtang") == .notForRole)
        #expect(refusal(Fixtures.post("minzheng/relief"), .station, town: "huangtang") == .notForRole)
    }

    @Test func `an account registered for a post acts from that post alone`() {
        let other = Fixtures.post("huangtang/v02")
        #expect(refusal(Fixtures.villagePost, .village, town: "huangtang", own: Fixtures.villagePost) == nil)
        #expect(refusal(Fixtures.villagePost, .village, town: "huangtang", own: other) == .notItsOwn)
        #expect(refusal(Fixtures.villagePost, .village, town: "meixi", own: Fixtures.villagePost) == .otherTown)
    }

    @Test func `a named holder alone acts from a post, on its days`() {
        let book = RuleBook(
            replaying: Self.given + [.postHolderChanged(Fixtures.tenure(Self.dispatch, "2023-08-15"))])
        #expect(refusal(Self.dispatch, .dispatcher, in: book) == nil)
        #expect(refusal(Self.dispatch, .dispatcher, account: Fixtures.bob, in: book) == .heldByAnother)
        let before = RuleBook(
            replaying: Self.given + [.postHolderChanged(Fixtures.tenure(Self.dispatch, "2023-08-16"))])
        #expect(refusal(Self.dispatch, .dispatcher, account: Fixtures.bob, in: before) == nil)
    }

    @Test(arguments: PostRefusal.allCases) func `every refusal says what is wrong and what to do`(refusal: PostRefusal)
    {
        #expect(refusal.code.hasPrefix("access.post"))
        for label in [refusal.sentence, refusal.remedy] {
            #expect(!label.chinese.isEmpty && !label.english.isEmpty)
        }
        #expect(Set(PostRefusal.allCases.map(\.code)).count == PostRefusal.allCases.count)
    }
}
