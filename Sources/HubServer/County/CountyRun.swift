import CaseDesk
import EventSourcing
import FoundationEssentials
import RuleBook
import WorkingCalendar

/// Two years of a county's work, step by step in the order of time, every step a command to the desk.
///
/// Who is ill, late or refused is drawn from the seed; what may be recorded the deciders say. A command they refuse
/// records nothing, is counted, and its case goes on as the refusal leaves it.
final class CountyRun {
    let desk: CaseDesk
    let log: CountyLog
    let clock: DemoClock
    let identifiers: IdentifierSource
    let staff: CountyStaff
    let rules: RuleBook
    let time: CountyTime
    let settings: CountySettings
    var chance: SeededChance
    var agenda = CountyAgenda()
    var households: [CountyHousehold] = []
    var cases: [Int: CountyCase] = [:]
    private(set) var refusals: [String: Int] = [:]
    private(set) var commands = 0
    /// Events recorded, by type.
    private(set) var recorded: [String: Int] = [:]
    /// Items anybody may ask for, with the one task that serves each, and how often they are asked for.
    private let offers: [(item: CountyCase.Item, weight: Int)]

    init(
        _ desk: CaseDesk, log: CountyLog, clock: DemoClock, identifiers: IdentifierSource, rules: RuleBook,
        calendar: WorkingCalendar, settings: CountySettings
    ) {
        self.desk = desk
        self.log = log
        self.clock = clock
        self.identifiers = identifiers
        self.rules = rules
        self.settings = settings
        time = CountyTime(calendar: calendar)
        staff = CountyStaff(rules, identifiers: identifiers, at: clock.now())
        chance = SeededChance(seed: settings.seed, stream: 0xca5e)
        offers = rules.policyItems.compactMap { item in
            let tasks = rules.tasks(for: item.code)
            guard let task = tasks.first, tasks.count == 1, task.kind == .referral else { return nil }
            let weight = item.department.description == "minzheng" ? 6 : 2
            return (CountyCase.Item(code: item.code, task: task), weight)
        }
    }

    // MARK: Time

    /// Plays everything up to the last day; what is open then stays open.
    func play(_ progress: (Position, Instant) -> Void) async throws(CommandFailure) {
        try await registerEverybody(progress)
        planCases()
        let end = Instant(milliseconds: settings.lastDay.endMilliseconds)
        while let next = agenda.take(), next.at < end {
            if clock.now() < next.at { _ = clock.set(to: next.at) }
            guard let file = cases[next.caseNumber] else { continue }
            try await take(next.step, of: file)
            if commands % 512 == 0 { progress(await log.lastPosition, clock.now()) }
        }
        do throws(EventLogError) {
            try await log.write()
        } catch {
            throw CommandFailure(error, folder: "log.sqlite")
        }
    }

    /// Spreads the cases over the working days, a few weeks short of the end of the roll.
    private func planCases() {
        let days = time.calendar.listOfWorkingDays(after: CountySettings.firstDay, through: settings.lastDay)
        guard !days.isEmpty else { return }
        for number in 0..<settings.cases {
            // The first cases take each turn once, early enough to come to their end.
            let kinds = CountyCase.Turn.allCases
            let isFirst = number < kinds.count
            let turn = isFirst ? kinds[number] : percent(3) ? kinds[chance.below(kinds.count)] : nil
            let file = turn.flatMap { drawTurned(number, $0) } ?? draw(number)
            cases[number] = file
            let range = isFirst ? max(1, days.count / 4) : days.count
            let opening = CountyTime.moment(of: days[chance.below(range)], &chance)
            let step: CountyStep = file.turn == .emergency ? .emergency : file.isAsked ? .ask : .apply
            agenda.note(step, of: number, at: max(opening, clock.now()))
        }
    }

    private func draw(_ number: Int) -> CountyCase {
        let index = chance.below(households.count)
        let household = households[index]
        var items: [CountyCase.Item] = []
        let wanted = [1, 1, 1, 2, 2, 3, 4][chance.below(7)]
        for _ in 0..<(3 * wanted) where items.count < wanted {
            guard let offer = drawOffer(), !items.contains(where: { $0.code == offer.code }) else { continue }
            if isFitting(offer.task, household) { items.append(offer) }
        }
        // Four in a hundred cases go to a joint meeting as a whole.
        let meets = chance.below(100) < 6
        for place in items.indices where items[place].code.description != "family.mediation" {
            let needsPublicity = rules.policyItem(items[place].code)?.needsPublicity == true
            if meets, !needsPublicity {
                items[place].path = .jointMeeting
            } else if chance.below(100) < 8 {
                items[place].path = .handleHere
            }
        }
        let asked = chance.below(100) < 25
        let channels = asked ? Self.reported : Self.own
        return CountyCase(
            number: number, household: index, channel: channels[chance.below(channels.count)], isAsked: asked,
            dawdles: chance.below(100) < 7, items: items)
    }

    /// How people come: mostly to a station or a village point.
    private static let own = [
        "station", "station", "station", "villagePoint", "villagePoint", "centre", "phone", "miniProgram", "qrCode",
        "online", "outreach",
    ]
    private static let reported = ["hotline", "department", "socialOrganisation", "phone", "outreach"]

    private func drawOffer() -> CountyCase.Item? {
        let total = offers.reduce(0) { $0 + $1.weight }
        var place = chance.below(total)
        for offer in offers {
            place -= offer.weight
            if place < 0 { return offer.item }
        }
        return nil
    }

    /// A task that speaks of a child or a spouse needs a household that has one.
    private func isFitting(_ task: DispatchTask, _ household: CountyHousehold) -> Bool {
        task.participants.flatMap(\.slice).allSatisfy { grant in
            switch grant.person {
            case .applicant, .beneficiary: true
            case .child: household.child != nil
            case .spouse, .sought: household.spouse != nil
            case .guardian, .agent: false
            }
        }
    }

    // MARK: Commands

    /// Sends one command at the moment of the story.
    ///
    /// - Returns: What came of it; nothing when it was refused.
    @discardableResult
    func act(
        _ who: Principal?, _ type: String, _ subject: String = "", _ open: JSONValue = [:],
        sealed: [SealedValue] = []
    ) async throws(CommandFailure) -> CommandReceipt? {
        guard let who else { return nil }
        commands += 1
        let body = CommandBody(open: open, sealed: sealed.isEmpty ? nil : sealed)
        let request = CommandRequest(
            id: identifiers.next(at: clock.now()), type: type, subject: subject, body: body,
            bytes: (try? EventJSON.encode(open)) ?? Data(), principal: who, channel: "http")
        do throws(DeskError) {
            let receipt = try await desk.perform(request)
            for event in receipt.events { recorded[event.type, default: 0] += 1 }
            return receipt
        } catch {
            switch error.kind {
            case .badRequest, .invalidValue, .forbidden, .notFound, .refused:
                refusals["\(type) \(error.code)", default: 0] += 1
                return nil
            case .unauthorized, .otherBody, .conflict, .busy, .full, .unavailable:
                throw CommandFailure(error)
            }
        }
    }

    /// Notes the next step, so many working days on; who dawdles takes longer.
    func note(_ step: CountyStep, of file: CountyCase, days: ClosedRange<Int>) {
        var count = days.lowerBound + chance.below(days.count)
        if file.dawdles, chance.below(100) < 40 { count += 2 + chance.below(8) }
        agenda.note(step, of: file.number, at: time.later(clock.now(), days: count, &chance))
    }

    func percent(_ share: Int) -> Bool { chance.below(100) < share }

    func anyOf(_ people: [Principal]) -> Principal { people[chance.below(people.count)] }
}

extension CommandReceipt {
    /// Identifiers of what it brought into being, of one kind.
    func created(_ kind: String) -> [String] {
        created.filter { $0.kind == kind }.map(\.id.description)
    }
}
