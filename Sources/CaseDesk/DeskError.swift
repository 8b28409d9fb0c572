package import Casework
package import EventSourcing

/// Why the desk did not do what it was asked, in words a caller can act on.
package struct DeskError: Error, Hashable, Sendable {
    /// What kind of trouble; the edges map it to a status or an exit code.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The body or a field of it is wrong.
        case badRequest
        /// The body reads, but a value in it cannot be so.
        case invalidValue
        /// No valid token.
        case unauthorized
        /// The role may not.
        case forbidden
        /// There is no such thing, or the caller may not know of it.
        case notFound
        /// A rule of the domain says no.
        case refused
        /// Others keep changing the same thing: try again.
        case conflict
        /// The command id was used with another body.
        case otherBody
        /// Too much waiting: try again.
        case busy
        /// The disk is full: nothing was committed.
        case full
        /// Not usable now: an operator must look.
        case unavailable
    }

    package let kind: Kind
    /// Stable, for programs: `referral.notDispatched`.
    package let code: String
    /// Path of the field concerned; empty when none is.
    package let field: String
    /// What is wrong, in Chinese.
    package let chinese: String
    /// What is wrong, in English.
    package let english: String
    /// What to do about it, in Chinese and English.
    package let remedy: String
    /// The commands that the sender may give instead, where this one came at the wrong time.
    package let allowed: [String]

    package init(
        _ kind: Kind, code: String, field: String = "", chinese: String, english: String, remedy: String,
        allowed: [String] = []
    ) {
        self.kind = kind
        self.code = code
        self.field = field
        self.chinese = chinese
        self.english = english
        self.remedy = remedy
        self.allowed = allowed
    }
}

extension DeskError {
    /// What a body that does not read means to its sender.
    package init(_ error: BodyError) {
        let refusal: RequestRefusal =
            switch error.code {
            case .malformedJSON: .malformedJSON
            case .missingField: .missingField
            case .wrongType: .wrongType
            case .unknownField: .unknownField
            case .invalidValue: .valueNotOfItsForm
            }
        self.init(refusal, field: error.field, remedy: "\(refusal.remedy.chinese) / \(error.remedy)")
    }

    /// What a failure of the log means to somebody who asked for something.
    package init(_ error: EventLogError) {
        switch error.code {
        case .conflict: self.init(.changedMeanwhile)
        case .otherBody: self.init(.otherBody)
        case .full: self.init(.diskFull)
        case .expired: self.init(.waitedTooLong)
        case .busy: self.init(.tooManyWaiting)
        case .invalidAppend:
            self.init(.tooLarge, remedy: "缩短内容:\(error.detail) / shorten it: \(error.detail)")
        case .unreadableRow, .locked, .newerFormat, .damaged, .outcomeUnknown, .unavailable, .closed:
            self.init(.logUnavailable)
        }
    }
}

extension DeskError {
    /// A rule of the domain, told to whoever sent the command.
    package init(_ refusal: CommandRefusal) {
        let kind: Kind =
            switch refusal.kind {
            case .unknownSubject: .notFound
            case .wrongState, .conflictingRule: .refused
            case .invalidField: .invalidValue
            case .forbidden: .forbidden
            }
        self.init(
            kind, code: refusal.code, field: refusal.field, chinese: refusal.chinese, english: refusal.english,
            remedy: "\(refusal.kind.remedy.chinese) / \(refusal.kind.remedy.english)", allowed: refusal.allowed)
    }
}
