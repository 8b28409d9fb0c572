import Casework
import EventSourcing
import Registry
import RuleBook
import WorkingCalendar

extension RefusalTable {
    /// One of each refusal that carries values, which stand in its sentences as examples.
    static var refusalsWithValues: [Row] {
        var rows = persons.map { row(CommandRefusal($0), of: $0) }
        rows += households.map { row(CommandRefusal($0), of: $0) }
        rows += disclosures.map { row(CommandRefusal($0), of: $0) }
        rows += (ruleBook + places + catalogue).map { row(CommandRefusal($0), of: $0) }
        let calendar = CalendarError.endsTooLate(lastKnown: day)
        rows.append(row(.calendarLacksDays(calendar), of: calendar))
        return rows
    }

    private static let persons: [PersonRefusal] = [
        .notRegistered, .identityMissing, .nothingToRecord, .anotherPersonsPart, .groupNotAboutAPerson(.reference),
        .groupTwice(.contact),
    ]

    private static var households: [HouseholdRefusal] {
        [
            .noMembers, .tooManyMembers(limit: 12), .personTwice(person), .personNotRegistered(person),
            .notExactlyOneHead, .leftBeforeJoining(person), .notAMember(person),
        ]
    }

    private static var disclosures: [DisclosureRefusal] {
        [
            .unknownDepartment(department), .unknownTask(example()), .judicialBodyGetsNothing(department),
            .notInTask(department), .beyondPermit(DisclosedGroup(.health)),
        ]
    }

    private static var ruleBook: [RuleBookRefusal] {
        [
            .hubAlreadyCreated, .hubCodeMalformed, .labelEmpty, .nextVersionIs(2), .versionPublishedWithOtherContent(1),
            .unknownDepartment(department), .departmentKindChanged(to: .voluntary), .postOfAnotherDepartment(post),
            .postListedTwice(post), .keyInUse(by: department), .departmentSucceeded(department, by: department),
            .successorOfOtherKind(department, .statutory), .successionInCircle(department),
            .effectiveTooEarly(before: day), .itemRetired(example(), from: day), .promiseLongerThanLaw,
            .ruleNeverStarts, .ruleNeverStops, .floorWithLadder, .limitRunsOn, .extensionWithoutGround,
            .extensionTooShort, .calendarVersionTaken("2023"),
            .calendarUnusable(.versionMissing), .calendarContradicts(day, version: "2023"),
        ]
    }

    private static var places: [RuleBookRefusal] {
        [
            .codeOfTown(department), .codeOfDepartment(example()), .villageListedTwice(example()),
            .unknownVillage(example()), .stationListedTwice(example()), .postOutsideTown(post, example()),
            .unknownPost(post), .tenureEndsBeforeItBegins, .holderOverlaps(post, until: day), .unknownTown(example()),
            .delegationMalformed,
        ]
    }

    private static var catalogue: [RuleBookRefusal] {
        [
            .townDutyNotStated(department), .unknownPolicyItem(example()), .judicialBodyIsAsked(department),
            .voluntaryBodyNeedsOffer(department), .offerToBodyThatMayNotDecline(department), .notExactlyOneLead,
            .departmentListedTwice(department), .groupNeverGiven(.health, to: department),
        ]
    }

    private static var department: DepartmentCode { example() }
    private static var post: PostCode { example() }
    private static var person: PersonReference { example() }
    private static let day = CivilDay.latest

    private static func example<Text: TextCodable>() -> Text {
        guard let value = Text(Text.textShape.example) else {
            preconditionFailure("\(Text.self) does not read its own example")
        }
        return value
    }
}
