package import Registry
package import RuleBook
package import WorkingCalendar

/// Why a command was not carried out: a stable code for programs, a sentence and a remedy for people.
package struct CommandRefusal: Error, Hashable, Sendable {
    /// What sort of obstacle it is; status codes and exit codes follow from it.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// What the command is addressed to does not exist.
        case unknownSubject
        /// It exists but has gone past, or not yet reached, where this is possible.
        case wrongState
        /// A field of the command is wrong in itself or does not fit the case.
        case invalidField
        /// Somebody else may do this.
        case forbidden
        /// A rule of the domain stands against it.
        case conflictingRule

        /// What to do about any of this kind; the sentence of a refusal says it more exactly.
        package var remedy: (chinese: String, english: String) {
            switch self {
            case .unknownSubject: ("核对编号", "check the identifier")
            case .wrongState: ("查看现状,选择现在可办的一步", "look at its state, and take a step that is open now")
            case .invalidField: ("改正此字段后重发", "correct this field and send it again")
            case .forbidden: ("交由有权的人或部门办理", "leave it to the person or department that may")
            case .conflictingRule: ("先办妥所缺的一步", "see first to what stands in the way")
            }
        }
    }

    /// `referral.notDispatched`; never renamed.
    package let code: String
    package let kind: Kind
    /// The field of the body, or `subject`; empty when no single field is at fault.
    package let field: String
    /// What is wrong and what to do, in Chinese; never repeats what was sent.
    package let chinese: String
    /// The same in English.
    package let english: String
    /// The commands that the sender may give instead, where it came at the wrong time; the sentences name them too.
    package let allowed: [String]

    package init(
        _ code: String, _ kind: Kind, field: String = "", _ chinese: String, _ english: String, allowed: [String] = []
    ) {
        self.code = code
        self.kind = kind
        self.field = field
        self.chinese = chinese
        self.english = english
        self.allowed = allowed
    }
}

extension CommandRefusal {
    /// A limit that cannot be counted, as no calendar says which days are worked.
    package static func calendarLacksDays(_ error: CalendarError) -> Self {
        Self(
            "deadline.calendar", .conflictingRule, "日历不含相关日期：\(error)",
            "The calendar does not reach these days: \(error); publish a calendar that does.")
    }

    /// A household that cannot be so.
    package init(_ refusal: HouseholdRefusal) {
        self.init(
            refusal.code, .invalidField, field: "members", refusal.sentence.chinese, refusal.sentence.english)
    }

    /// What a department would be told beyond what it may know.
    package init(_ refusal: DisclosureRefusal) {
        self.init(
            refusal.code, .conflictingRule, field: "task", refusal.sentence.chinese, refusal.sentence.english)
    }

    /// A publication that breaks a rule of the rule book.
    package init(_ refusal: RuleBookRefusal) {
        self.init(refusal.code, .conflictingRule, refusal.sentence.chinese, refusal.sentence.english)
    }

    /// An entry in the registry that cannot be made.
    package init(_ refusal: PersonRefusal) {
        let kind: Kind = refusal == .notRegistered ? .unknownSubject : .invalidField
        self.init(
            refusal.code, kind, field: refusal == .notRegistered ? "subject" : "sealed", refusal.sentence.chinese,
            refusal.sentence.english)
    }
}

/// A refusal of one decider, which knows its sentence and remedy.
package protocol ToldRefusal: Error, Hashable, RawRepresentable<String>, Sendable {
    /// The first part of the code, `referral`.
    static var concept: String { get }
    var kind: CommandRefusal.Kind { get }
    var field: String { get }
    var chinese: String { get }
    var english: String { get }
}

extension ToldRefusal {
    /// How it is told to whoever sent the command.
    package var told: CommandRefusal {
        CommandRefusal("\(Self.concept).\(rawValue)", kind, field: field, chinese, english)
    }
}
