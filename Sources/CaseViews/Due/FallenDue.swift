package import EventSourcing

/// Something that happens by itself once its time has come: a rule says so, and nobody has to decide.
package struct FallenDue: Hashable, Sendable {
    /// What happens.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A voluntary body did not answer an offer (`offer.answer`).
        case offerLapses
        /// A department said nothing to a request to stop (T24).
        case cancellationStands
        /// The day of a promise passed (N-16).
        case promiseBreaks
        /// A body did not confirm its extract of the minutes (`meeting.confirm`).
        case minutesUnanswered
    }

    package let kind: Kind
    /// The referral or the meeting.
    package let subject: EventTag
    /// The body that did not answer, or did not keep its promise.
    package let department: DepartmentCode
    /// The first instant at which it was too late, however late somebody noticed.
    package let happenedAt: Instant
    /// When what it follows from began; never moves, as `happenedAt` may with a new calendar.
    package let begun: Instant
    /// Which run of it: a deadline's cycle, the request's place in the log, the promise's day and number.
    package let run: String

    init(
        _ kind: Kind, _ subject: EventTag, of department: DepartmentCode, happenedAt: Instant, begun: Instant,
        run: String
    ) {
        self.kind = kind
        self.subject = subject
        self.department = department
        self.happenedAt = happenedAt
        self.begun = begun
        self.run = run
    }

    /// Names it for ever, so that whoever finds it again, after a restart or beside another, means the same one.
    package var key: String { "\(kind.rawValue)/\(subject)@\(department)/\(run)" }
}
