import Casework
import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import WorkingCalendar

extension Story {
    /// Records a random history of several cases that live beside each other: everything a fold has to stand.
    ///
    /// The steps are those a decider would allow only in part; a fold must take whatever was recorded.
    ///
    /// - Parameter pace: How many times slower it goes: at 1 a step takes five hours on average.
    @discardableResult
    package mutating func wander(cases count: Int, steps: Int, pace: Int64 = 1) throws -> [CaseInStory] {
        var wanderers: [Wanderer] = []
        for serial in 1...count {
            advance(pace)
            let request = chance.next() % 2 == 0 ? try reportRequest("DY23-Q\(10_000 + serial)") : nil
            advance(pace)
            let items = Int(chance.next() % 3) + 1
            wanderers.append(
                Wanderer(file: try apply("DY23-\(10_000 + serial)", request: request, items: items)))
        }
        for _ in 0..<steps {
            advance(pace)
            let index = Int(chance.next() % UInt64(count))
            try step(&wanderers[index])
        }
        return wanderers.map(\.file)
    }

    /// Some hours later, sometimes a weekend.
    private mutating func advance(_ pace: Int64) {
        now = now.advanced(byMilliseconds: Int64(chance.next() % 60) * 600_000 * pace)
    }

    private mutating func step(_ wanderer: inout Wanderer) throws {
        switch chance.next() % 24 {
        case 0: try visit(wanderer.file, enteredAfter: Int64(events.count) % (mostDaysLate + 1))
        case 1:
            let paths = TriagePath.allCases
            try triage(wanderer.file, pick(wanderer.file.items), paths[Int(chance.next() % UInt64(paths.count))])
        case 2: try addItem(to: &wanderer.file)
        case 3:
            wanderer.meetings.append(try requestMeeting(wanderer.file, urgent: chance.next() % 4 == 0))
        case 4...6: try meetingStep(&wanderer)
        case 7...9:
            let isOffer = chance.next() % 4 == 0
            let leads = Self.bodies.filter { $0 != "fayuan" }
            let lead = pick(leads)
            wanderer.leads.append(lead)
            try dispatch(
                &wanderer.file, to: lead, co: chance.next() % 3 == 0 ? [pick(leads.filter { $0 != lead })] : [],
                offer: isOffer, limit: chance.next() % 2 == 0 ? .workingDays(10) : .calendarDays(7),
                items: chance.next() % 2 == 0 ? [pick(wanderer.file.items)] : [],
                resolution: chance.next() % 2 == 0 ? wanderer.resolutions.last?.1 : nil,
                predecessor: chance.next() % 5 == 0 ? wanderer.file.referrals.last : nil)
        case 10...16: try referralStep(wanderer)
        case 17: try decide(wanderer.file, pick(wanderer.file.items))
        case 18: try notify(wanderer.file, pick(wanderer.file.items))
        case 19: try followUpStep(&wanderer)
        case 20: try pauseStep(wanderer)
        case 21:
            if chance.next() % 6 == 0 { try exit(wanderer.file) }
        case 22:
            if chance.next() % 6 == 0 { try publishAgain() }
        default:
            if chance.next() % 10 == 0 {
                try record(
                    .casework(
                        .caseFile(
                            .markedDuplicate(
                                CaseFileEvent.MarkedDuplicate(caseFile: wanderer.file.id, of: id())))))
            }
        }
    }

    private mutating func meetingStep(_ wanderer: inout Wanderer) throws {
        guard let meeting = wanderer.meetings.last else { return }
        let file = wanderer.file
        switch chance.next() % 6 {
        case 0:
            try convene(
                file, meeting, "DY23-M\(100 + chance.next() % 900)", bodies: ["gongan", "fulian", "fayuan"])
        case 1:
            let resolution = try resolve(
                file, meeting, actions: [try action("gongan", co: ["fulian"]), try action("jijinhui", offer: true)],
                condition: chance.next() % 2 == 0 ? .personFound : nil)
            wanderer.resolutions.append((meeting, resolution))
        case 2: try hold(file, meeting)
        case 3: try circulate(file, meeting, to: pick(["gongan", "fulian", "fayuan"]))
        case 4: try confirm(file, meeting, by: pick(["gongan", "fulian", "fayuan"]))
        default:
            if let (meeting, resolution) = wanderer.resolutions.last { try meetCondition(file, meeting, resolution) }
        }
    }

    private mutating func referralStep(_ wanderer: Wanderer) throws {
        guard !wanderer.file.referrals.isEmpty else { return }
        let index = Int(chance.next() % UInt64(wanderer.file.referrals.count))
        let (file, referral, lead) = (wanderer.file, wanderer.file.referrals[index], wanderer.leads[index])
        switch chance.next() % 8 {
        case 0, 1: try receive(file, referral, by: chance.next() % 4 == 0 ? "fulian" : lead)
        case 2, 3: try accept(file, referral, by: lead)
        case 4: try complete(file, referral, by: lead)
        case 5: try acceptCompletion(file, referral, of: lead)
        case 6: try requestReturn(file, referral, by: lead, chance.next() % 2 == 0 ? .lawForbids : .wrongArea)
        default: try approveReturn(file, referral, of: lead)
        }
    }

    private mutating func followUpStep(_ wanderer: inout Wanderer) throws {
        if let followUp = wanderer.followUps.last, chance.next() % 3 != 0 {
            if chance.next() % 3 == 0 {
                try conclude(wanderer.file, followUp)
            } else {
                try review(wanderer.file, followUp)
            }
        } else {
            wanderer.followUps.append(try openFollowUp(wanderer.file, with: "sifa"))
        }
    }

    private mutating func pauseStep(_ wanderer: Wanderer) throws {
        let (rule, instance): (String, EventTag) =
            if let referral = wanderer.file.referrals.last, chance.next() % 2 == 0 {
                ("referral.handle", .referral(referral))
            } else {
                ("case.exit", .caseFile(wanderer.file.id))
            }
        let file = wanderer.file.id
        let event: DeadlineEvent =
            switch chance.next() % 3 {
            case 0:
                .paused(
                    DeadlineEvent.Paused(
                        caseFile: file, rule: try known(rule), instance: instance, reason: .applicant,
                        expectedUntil: try known("2023-12-01"), basis: "notice"))
            case 1: .resumed(DeadlineEvent.Resumed(caseFile: file, rule: try known(rule), instance: instance))
            default:
                .extended(
                    DeadlineEvent.Extended(
                        caseFile: file, rule: try known(rule), instance: instance, granted: .add(3), basis: "head"))
            }
        try record(.casework(.deadline(event)))
    }

    /// A calendar with one more day off somewhere near, so that due dates move both ways.
    private mutating func publishAgain() throws {
        let shipped = try ShippedRules.calendar()
        let day = CivilDay(containing: now.milliseconds).advanced(by: Int(chance.next() % 20))
        let overlay = CalendarOverlay(
            version: "CN-test-\(chance.next() % 1_000_000)", off: day.isWeekend ? [] : [day],
            working: day.isWeekend ? [day] : [])
        try record(.ruleBook(.calendarPublished(CalendarPublished(calendar: shipped.overlaid(by: overlay)))))
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(chance.next() % UInt64(elements.count))]
    }
}

/// A case on its random way.
private struct Wanderer {
    var file: CaseInStory
    var leads: [String] = []
    var meetings: [MeetingID] = []
    var resolutions: [(MeetingID, ResolutionID)] = []
    var followUps: [FollowUpID] = []
}
