import EventSourcing
import RuleBook

/// Everything wrong in rule files, gathered in one run so that it can be mended in one sitting.
package struct RuleFindings: Sendable {
    private var found: [RuleFileError] = []
    /// Entries that cannot be used, `policyItems/some.item`; that others name them is no mistake of the others.
    private var broken: Set<String> = []

    package init() {}

    /// The mistakes by file and line, each told once.
    package var errors: [RuleFileError] {
        var seen: Set<String> = []
        return found.filter { seen.insert("\($0.place) \($0.code) \($0.sentence.english)").inserted }
            .sorted { ($0.place.file, $0.place.line ?? 0) < ($1.place.file, $1.place.line ?? 0) }
    }

    /// Whether nothing is wrong.
    package var isEmpty: Bool { found.isEmpty }

    /// What was found first, in the order of reading.
    var first: RuleFileError? { found.first }

    mutating func add(_ error: RuleFileError) {
        found.append(error)
    }

    /// Marks an entry as one nothing can be said about.
    mutating func spoil(_ section: String, _ subject: String) {
        broken.insert("\(section)/\(subject)")
    }

    func isSpoilt(_ section: String, _ subject: String) -> Bool { broken.contains("\(section)/\(subject)") }

    func hasSpoilt(in section: String) -> Bool { broken.contains { $0.hasPrefix("\(section)/") } }

    /// Whether a refusal only follows from another mistake, which is told already.
    func explains(_ refusal: RuleBookRefusal, of command: RuleBookCommand) -> Bool {
        switch refusal {
        case .unknownDepartment(let code): isSpoilt("departments", code.description)
        case .unknownPolicyItem(let code): isSpoilt("policyItems", code.description)
        case .unknownPost(let post):
            isSpoilt("departments", post.department.description) || isSpoilt("towns", post.department.description)
        case .unknownTown(let code): isSpoilt("towns", code.description)
        case .nextVersionIs: isSpoilt(command.section, command.subject)
        case .hubAlreadyCreated, .hubCodeMalformed, .labelEmpty, .versionPublishedWithOtherContent,
            .departmentKindChanged, .postOfAnotherDepartment, .postListedTwice, .keyInUse, .codeOfTown,
            .codeOfDepartment, .villageListedTwice, .unknownVillage, .stationListedTwice, .postOutsideTown,
            .tenureEndsBeforeItBegins, .holderOverlaps, .departmentSucceeded, .successorOfOtherKind,
            .successionInCircle, .effectiveTooEarly, .itemRetired, .promiseLongerThanLaw, .townDutyNotStated,
            .delegationMalformed,
            .judicialBodyIsAsked, .voluntaryBodyNeedsOffer, .offerToBodyThatMayNotDecline, .notExactlyOneLead,
            .departmentListedTwice, .groupNeverGiven, .ruleNeverStarts, .ruleNeverStops, .floorWithLadder, .limitRunsOn,
            .extensionWithoutGround, .extensionTooShort,
            .calendarVersionTaken, .calendarUnusable, .calendarContradicts:
            false
        }
    }
}
