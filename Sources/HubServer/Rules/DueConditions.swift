package import Deadlines
package import EventSourcing
import WorkingCalendar

/// What makes a due date other than the bare rule does, as said at the command line.
package struct DueConditions: Hashable, Sendable {
    /// Go before what the rule says.
    package var received: DeadlineTerms.Received?
    package var roll: DeadlineTerms.Roll?
    package var cutoff: DeadlineTerms.Cutoff?
    package var pauses: [DeadlinePause] = []
    package var extensions: [DeadlineExtension] = []
    /// The time the state is asked for; nothing asks for none.
    package var now: Instant?
    /// When it was met.
    package var doneAt: Instant?

    package init() {}

    /// Reads the options as they were written.
    ///
    /// - Parameters:
    ///   - pauses: `FROM/TO`, or `FROM/` while it lasts; days mean 09:00.
    ///   - extensions: `+10` for more, `=45` for so many in all.
    /// - Throws: ``DueQuestion/Refusal`` naming the option that is wrong.
    package init(
        received: String?, roll: String?, cutoff: String?, pauses: [String], extensions: [String], now: String?,
        doneAt: String?
    ) throws(DueQuestion.Refusal) {
        self.received = try Self.word(received, "received")
        self.roll = try Self.word(roll, "roll")
        self.cutoff = try Self.word(cutoff, "cutoff")
        for text in pauses { self.pauses.append(try Self.pause(text)) }
        for text in extensions { self.extensions.append(try Self.granted(text)) }
        self.now = try Self.moment(now, "at")
        self.doneAt = try Self.moment(doneAt, "done")
    }

    /// The terms with what was said in place of the rule's own.
    func applied(to terms: DeadlineTerms) -> DeadlineTerms {
        DeadlineTerms(
            limit: terms.limit, received: received ?? terms.received, roll: roll ?? terms.roll,
            cutoff: cutoff ?? terms.cutoff)
    }

    private static func word<Word>(_ text: String?, _ option: String) throws(DueQuestion.Refusal) -> Word?
    where Word: RawRepresentable<String> & CaseIterable {
        guard let text else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .unknownWord(option: option, text: text, allowed: Word.allCases.map(\.rawValue))
        }
        return word
    }

    private static func pause(_ text: String) throws(DueQuestion.Refusal) -> DeadlinePause {
        let ends = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2, let from = instant(ends[0]) else { throw .pauseMalformed(text) }
        if ends[1].isEmpty { return DeadlinePause(from: from, to: nil) }
        guard let end = instant(ends[1]), end >= from else { throw .pauseMalformed(text) }
        return DeadlinePause(from: from, to: end)
    }

    private static func granted(_ text: String) throws(DueQuestion.Refusal) -> DeadlineExtension {
        guard let amount = Int(text.dropFirst()), (1...3660).contains(amount) else { throw .extensionMalformed(text) }
        switch text.first {
        case "+": return .add(amount)
        case "=": return .total(amount)
        default: throw .extensionMalformed(text)
        }
    }

    private static func moment(_ text: String?, _ option: String) throws(DueQuestion.Refusal) -> Instant? {
        guard let text else { return nil }
        guard let moment = instant(text) else { throw .momentMalformed(option: option, text: text) }
        return moment
    }

    /// An instant with its offset, or 09:00 of a day.
    private static func instant(_ text: String) -> Instant? {
        CivilDay(text).map { Instant(milliseconds: $0.startMilliseconds + OfficeHours.standard.opening) }
            ?? Instant(text)
    }
}
