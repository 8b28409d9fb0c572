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
