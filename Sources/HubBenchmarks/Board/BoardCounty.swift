import Casework
import Deadlines
import EventSourcing
import FoundationEssentials
import RuleBook
import WorkingCalendar

/// Events of a county made in memory, in the order of a log: what the views are filled with, through their own writer.
struct BoardCounty {
    /// Friday before the long holiday of 2026, so that due dates pile up after it as real ones do.
    static let now = Instant(milliseconds: 1_790_301_600_000)

    private(set) var position: UInt64 = 0
    private var chance: SeededChance
    private var serial = 0
    private let account: AccountID
    private let calendar: WorkingCalendar
    private let departments: [DepartmentCode]
    private let towns: [TownCode]
    private let items: [PolicyItemCode]
    private(set) var ruleEvents: [RecordedEvent] = []
    let book: RuleBook

    /// - Throws: ``BenchFailure`` when the rules cannot be laid down.
    init(_ rules: [RuleBookCommand], seed: UInt64) throws(BenchFailure) {
        chance = SeededChance(seed: seed, stream: 0xb0a)
        var book = RuleBook()
        var laidDown: [RuleBookEvent] = []
        for command in rules {
            guard let decided = try? book.decide(command) else { continue }
            for one in decided {
                book.evolve(with: one.event)
                laidDown.append(one.event)
            }
        }
        guard let calendar = book.calendar, !book.towns.isEmpty, !book.policyItems.isEmpty else {
            throw .served("rulebook", "it has no calendar, no towns or no items")
        }
        self.book = book
        self.calendar = calendar
        departments = book.departments.filter { $0.kind == .statutory }.map(\.code)
        towns = book.towns.map(\.code)
        items = book.policyItems.map(\.code)
        account = AccountID(Self.unique(&chance))
        let early = Self.now.advanced(byMilliseconds: -400 * 86_400_000)
        for event in laidDown { ruleEvents.append(try record(.ruleBook(event), at: early, tags: [])) }
    }

    private static func unique(_ chance: inout SeededChance) -> UniqueID {
        UniqueID(versionSevenAt: now, random: (chance.next(), chance.next()))
    }

    private mutating func id<Entity>() -> EntityID<Entity> { EntityID(Self.unique(&chance)) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(chance.next() % UInt64(elements.count))]
    }

    /// Nine in the morning, so many working days ago, and some minutes.
    private mutating func moment(workingDaysAgo days: Int) -> Instant {
        var day = CivilDay(containing: Self.now.milliseconds)
        for _ in 0..<days {
            repeat { day = day.previous } while !calendar.isWorkingDay(day)
        }
        return Instant(milliseconds: day.startMilliseconds + 9 * 3_600_000 + Int64(chance.next() % 900) * 1000)
    }

    private mutating func record(
        _ event: HubEvent, at instant: Instant, tags: [EventTag], by department: DepartmentCode? = nil
    ) throws(BenchFailure) -> RecordedEvent {
        position += 1
        let stored = event.stored
        let meta = EventMetadata(
            actor: EventMetadata.Actor(account: account, department: department, role: "dispatcher"), channel: "http",
            command: Self.unique(&chance))
        guard let data = try? EventJSON.encode(stored.payload), let meta = try? EventJSON.encode(meta) else {
            throw .served("event", "it cannot be encoded")
        }
        return RecordedEvent(
            position: Position(position), eventID: Self.unique(&chance), appendFirst: Position(position),
            type: stored.kind.rawValue, schemaVersion: 1, occurredAt: instant, recordedAt: instant, meta: meta,
            data: data, tags: tags.sorted(), disclosureBytes: Disclosure.none.bytes, salt: nil, removed: nil,
            leaf: Data(), sealed: [])
    }

    private mutating func text<Code: LosslessStringConvertible>(_ text: String) throws(BenchFailure) -> Code {
        guard let code = Code(text) else { throw .served("event", "\(text) is no code") }
        return code
    }

    // MARK: Cases

    /// One case at work: exit, intake, a referral and four follow-ups run; some pause.
    mutating func openCase(into events: inout [RecordedEvent]) throws(BenchFailure) -> CaseID {
        let start = moment(workingDaysAgo: Int(chance.next() % 18))
        let begun = try begin(at: start, into: &events)
        let tag = EventTag.caseFile(begun.caseFile)
        let lead = pick(departments)
        let referral: ReferralID = id()
        let about = [tag, EventTag.referral(referral)]
        let post: PostCode = try text("\(lead)/desk")
        let sent = ReferralEvent.Dispatched(
            referral: referral, caseFile: begun.caseFile, number: begun.number.referral(1), kind: .referral,
            task: try text("living.support"), taskVersion: 1, items: [begun.item], lead: lead, town: begun.town,
            limit: .workingDays(12 + Int(chance.next() % 14)), priority: .routine)
        for event in [
            ReferralEvent.dispatched(sent),
            .received(.init(referral: referral, caseFile: begun.caseFile, department: lead)),
            .accepted(
                .init(referral: referral, caseFile: begun.caseFile, department: lead, handlingPost: post)),
        ] {
            events.append(try record(.casework(.referral(event)), at: start, tags: about, by: lead))
        }
        for number in 1...4 {
            let followUp: FollowUpID = id()
            let opened = FollowUpEvent.Opened(
                caseFile: begun.caseFile, followUp: followUp, number: begun.number.followUp(number), kind: .court,
                department: pick(departments))
            events.append(
                try record(
                    .casework(.followUp(.opened(opened))), at: start,
                    tags: [tag, EventTag.followUp(followUp)]))
        }
        guard chance.next() % 10 < 4 else { return begun.caseFile }
        let pause = DeadlineEvent.Paused(
            caseFile: begun.caseFile, rule: try text("case.exit"), instance: tag, reason: .applicant,
            expectedUntil: CivilDay(containing: Self.now.milliseconds).advanced(by: 30), basis: "notice")
        events.append(try record(.casework(.deadline(.paused(pause))), at: start, tags: [tag]))
        return begun.caseFile
    }

    /// One case that went through and left, within the last two years.
    mutating func closedCase(into events: inout [RecordedEvent]) throws(BenchFailure) {
        let start = moment(workingDaysAgo: 25 + Int(chance.next() % 150))
        let begun = try begin(at: start, into: &events)
        let end = start.advanced(byMilliseconds: Int64(1 + chance.next() % 32) * 86_400_000)
        events.append(
            try record(
                .casework(
                    .caseFile(.exited(.init(caseFile: begun.caseFile, result: .helped, followUps: [])))), at: end,
                tags: [.caseFile(begun.caseFile)]))
    }

    /// Something that changes a board row of one case: the visit that stops its clock, made once more.
    mutating func pause(_ caseFile: CaseID) throws(BenchFailure) -> RecordedEvent {
        let extended = DeadlineEvent.Extended(
            caseFile: caseFile, rule: try text("case.exit"), instance: .caseFile(caseFile), granted: .add(1),
            basis: "head")
        return try record(.casework(.deadline(.extended(extended))), at: Self.now, tags: [.caseFile(caseFile)])
    }

    /// The calendar with a day more off after the holiday, which moves every due date from there on.
    mutating func nextCalendar() throws(BenchFailure) -> RecordedEvent {
        guard let document = book.publishedCalendar(version: calendar.version), let day = CivilDay("2026-10-09") else {
            throw .served("calendar", "there is none")
        }
        let overlay = CalendarOverlay(version: "\(calendar.version)-bench", off: [day], working: [])
        let event = RuleBookEvent.calendarPublished(CalendarPublished(calendar: document.overlaid(by: overlay)))
        return try record(.ruleBook(event), at: Self.now, tags: [])
    }

    private struct Begun {
        let caseFile: CaseID
        let number: EntityNumber
        let item: ItemID
        let town: TownCode
    }

    /// Opened, applied for, visited, triaged.
    private mutating func begin(at start: Instant, into events: inout [RecordedEvent]) throws(BenchFailure) -> Begun {
        serial += 1
        let caseFile: CaseID = id()
        let applicant: PersonReference = id()
        let (item, town): (ItemID, TownCode) = (id(), pick(towns))
        let number: EntityNumber = try text("DY26-\(String("\(1_000_000 + serial)".suffix(7)))")
        let facts: [CaseFileEvent] = [
            .opened(
                .init(
                    caseFile: caseFile, number: number, town: town, subject: applicant, concernsMinor: false,
                    otherOpenCases: [])),
            .applicationSubmitted(
                .init(
                    caseFile: caseFile, channel: pick(RequestChannel.allCases), town: town, applicant: applicant,
                    locationProtected: false)),
            .itemAdded(
                .init(
                    caseFile: caseFile, item: item, policyItem: pick(items), policyVersion: 1, person: applicant,
                    concernsMinor: false)),
            .visitCompleted(
                .init(caseFile: caseFile, visit: id(), purpose: .verification, town: town, visitors: 2)),
            .triaged(.init(caseFile: caseFile, item: item, path: .refer)),
        ]
        for fact in facts {
            events.append(
                try record(
                    .casework(.caseFile(fact)), at: start, tags: [.caseFile(caseFile), .person(applicant)]))
        }
        return Begun(caseFile: caseFile, number: number, item: item, town: town)
    }
}
