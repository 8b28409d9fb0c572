package import RuleBook

/// What is wrong with a rule file: where it stands and how to mend it.
package struct RuleFileError: Error, Hashable, Sendable {
    /// Stable, for scripts.
    package enum Code: String, Sendable {
        case unreadable = "rules.unreadable"
        case empty = "rules.empty"
        case malformed = "rules.malformedYAML"
        case unknownSection = "rules.unknownSection"
        case unknownKey = "rules.unknownKey"
        case missingKey = "rules.missingKey"
        case wrongType = "rules.wrongType"
        case invalidValue = "rules.invalidValue"
        case unknownEvent = "rules.unknownEvent"
        case secondStart = "rules.secondStart"
        case unknownProperty = "rules.unknownProperty"
        case overlappingVersions = "rules.overlappingVersions"
        case missingRule = "rules.missingRule"
        case pathOverruns = "rules.pathOverruns"
        case refused = "rules.refused"
        case townWithoutStation = "rules.townWithoutStation"
        case villageWithoutPoint = "rules.villageWithoutPoint"
        case itemWithoutTask = "rules.itemWithoutTask"
        case retiredItemInTask = "rules.retiredItemInTask"
        case succeededInItem = "rules.succeededInItem"
        case succeededInTask = "rules.succeededInTask"
        case pauseNotAllowed = "rules.pauseNotAllowed"
        case calendarDay = "rules.calendarDay"
        case calendarYear = "rules.calendarYear"
        case calendarNotice = "rules.calendarNotice"
        case calendarContradicts = "rules.calendarContradicts"
    }

    package let code: Code
    package let place: RulePlace
    /// What is wrong.
    package let sentence: Label
    /// What to do.
    package let remedy: Label

    package init(_ code: Code, at place: RulePlace, _ sentence: Label, remedy: Label) {
        self.code = code
        self.place = place
        self.sentence = sentence
        self.remedy = remedy
    }
}

extension RuleFileError: CustomStringConvertible {
    /// One line for a log, Chinese first: `deadlines.yaml:12 [terms.limit] …`.
    package var description: String {
        "\(place) \(sentence.chinese) \(sentence.english) → \(remedy.chinese) \(remedy.english)"
    }
}

/// A place in a rule file.
package struct RulePlace: Hashable, Sendable, CustomStringConvertible {
    /// Path of the file as given.
    package let file: String
    /// From 1; nothing when the whole file is meant.
    package let line: Int?
    /// Path of the key, `deadlines[3].terms.limit`; empty when the whole file is meant.
    package let key: String

    package init(file: String, line: Int? = nil, key: String = "") {
        self.file = file
        self.line = line
        self.key = key
    }

    package var description: String {
        let line = line.map { ":\($0)" } ?? ""
        return key.isEmpty ? "\(file)\(line)" : "\(file)\(line) [\(key)]"
    }
}
