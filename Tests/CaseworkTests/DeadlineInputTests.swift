import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing

/// Every pause, extension and time that cannot be is refused with its own message (issue 5, bad input).
@Suite struct DeadlineInputTests {
    private static let friday = Fixture.morning("2023-08-18")
    /// `referral.handle` runs 10 working days from 18 August: through 1 September.
    private static let late = Fixture.morning("2023-09-04")

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let code: String
        let act: @Sendable (inout DanyangStory) throws(CommandRefusal) -> Void

        var testDescription: String { name }
    }

    private static func pause(
        _ reason: DeadlineRule.PauseReason = .applicant, rule: String = "case.exit", until: String = "2023-08-25",
        notice: Instant? = Fixture.morning("2023-08-17"), basis: String = "本人外出"
    ) -> PauseDeadline {
        PauseDeadline(
            rule: Fixture.rule(rule), reason: reason, expectedUntil: Fixture.day(until), basis: basis,
            noticeGivenAt: notice)
    }

    private static func extend(
        _ granted: DeadlineExtension = .add(5), rule: String = "referral.handle", basis: String = "办法",
        ground: DeadlineRule.ExtensionGround? = nil
    ) -> ExtendDeadline {
        ExtendDeadline(rule: Fixture.rule(rule), granted: granted, basis: basis, ground: ground)
    }

    private static func pausing(_ name: String, _ code: String, _ body: PauseDeadline) -> Row {
        Row(name: name, code: code) { story throws(CommandRefusal) in
            try story.hub.send(body, to: story.theCase, at: friday)
        }
    }

    private static func extending(
        _ name: String, _ code: String, _ body: ExtendDeadline, at time: Instant = friday
    ) -> Row {
        Row(name: name, code: code) { story throws(CommandRefusal) in
            try story.hub.send(body, to: .referral(story.referrals[0]), as: .supervisor, at: time)
        }
    }

    static let rows: [Row] = [
        pausing("a pause without the notice it needs", "deadline.noticeMissing", pause(notice: nil)),
        pausing(
            "a notice after the pause", "deadline.noticeInTheFuture", pause(notice: Fixture.morning("2023-08-21"))),
        pausing("a reason the rule does not know", "deadline.notPausable", pause(.court)),
        pausing("a pause of an unknown rule", "deadline.unknownRule", pause(rule: "no.such")),
        pausing("a pause of another thing", "deadline.instanceDiffers", pause(rule: "referral.handle")),
        pausing("a pause that ends before it begins", "deadline.endInThePast", pause(until: "2023-08-17")),
        pausing("a pause without its basis", "deadline.basisEmpty", pause(basis: " ")),
        Row(name: "a second pause while one lasts", code: "deadline.alreadyPaused") { story throws(CommandRefusal) in
            try story.hub.send(pause(), to: story.theCase, at: friday)
            try story.hub.send(pause(until: "2023-08-28"), to: story.theCase, at: friday)
        },
        Row(name: "resumed though it runs", code: "deadline.notPaused") { story throws(CommandRefusal) in
            try story.hub.send(
                ResumeDeadline(rule: Fixture.rule("case.exit")), to: story.theCase, at: friday)
        },
        extending("an extension without its basis", "deadline.basisEmpty", extend(basis: "")),
        extending("an extension after expiry", "deadline.extendedAfterExpiry", extend(), at: late),
        Row(name: "a second extension", code: "deadline.extendedBefore") { story throws(CommandRefusal) in
            let subject = Subject.referral(story.referrals[0])
            try story.hub.send(extend(), to: subject, as: .supervisor, at: friday)
            try story.hub.send(extend(.add(9)), to: subject, as: .supervisor, at: friday)
        },
        extending("an extension of an unknown rule", "deadline.unknownRule", extend(rule: "no.such")),
        Row(name: "an extension without a listed ground", code: "deadline.groundMissing") {
            story throws(CommandRefusal) in
            list(grounds: [.objection], total: 12, in: &story)
            try story.hub.send(extend(), to: .referral(story.referrals[0]), as: .supervisor, at: friday)
        },
        Row(name: "a ground its rule does not list", code: "deadline.groundNotListed") { story throws(CommandRefusal) in
            list(grounds: [.objection], total: 12, in: &story)
            try story.hub.send(
                extend(ground: .hardSurvey), to: .referral(story.referrals[0]), as: .supervisor, at: friday)
        },
        Row(name: "longer than its rule allows", code: "deadline.extendedTooFar") { story throws(CommandRefusal) in
            list(grounds: [.objection], total: 12, in: &story)
            try story.hub.send(
                extend(.total(13), ground: .objection), to: .referral(story.referrals[0]), as: .supervisor, at: friday)
        },
        Row(name: "a time in the future", code: "time.inTheFuture") { story throws(CommandRefusal) in
            try story.hub.send(pause(), to: story.theCase, at: late, now: friday)
        },
        Row(name: "a time before the case began", code: "time.beforeStart") { story throws(CommandRefusal) in
            try story.hub.send(
                extend(), to: .referral(story.referrals[0]), as: .supervisor, at: Fixture.morning("2023-08-01"),
                now: friday)
        },
    ]

    /// Lays down the same limit with grounds from 16 August on.
    private static func list(grounds: [DeadlineRule.ExtensionGround], total: Int, in story: inout DanyangStory) {
        guard var rule = story.hub.rules.deadlineRule(Fixture.rule("referral.handle")) else { return }
        rule.version += 1
        rule.effectiveFrom = Fixture.day("2023-08-16")
        rule.extendable = DeadlineRule.Lengthening(grounds: grounds, total: total)
        story.hub.rules.evolve(with: .deadlineRulePublished(rule))
    }

    @Test(arguments: rows) func `what cannot be is refused with its own message`(row: Row) throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        let refusal = #expect(throws: CommandRefusal.self) { try row.act(&story) }
        #expect(refusal?.code == row.code, "\(row.name): \(refusal?.english ?? "")")
    }

    @Test func `a limit is extended on its last day, and while a pause holds it up`() throws {
        var story = try DanyangStory.met()
        try story.dispatch()
        let subject = Subject.referral(story.referrals[0])
        var other = story
        try story.hub.send(Self.extend(), to: subject, as: .supervisor, at: Fixture.morning("2023-08-31"))
        try other.hub.send(
            Self.pause(.expert, rule: "referral.handle", notice: nil), to: subject,
            as: .of(Fixture.minzheng, post: "minzheng/head"), at: Self.friday)
        try other.hub.send(Self.extend(), to: subject, as: .supervisor, at: Self.late)
    }
}
