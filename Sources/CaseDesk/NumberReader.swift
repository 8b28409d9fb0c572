import Casework
import EventSourcing

/// The running numbers one attempt may give; settle it when the attempt is over.
struct NumberProposal: Sendable {
    let serials: CommandContext.ProposedNumbers
    /// What is kept from others meanwhile: a command that takes no number keeps none.
    fileprivate let held: (series: String, serial: Int)?
}

/// Keeps the running numbers at the head of the log, and keeps commands under way from taking the same one.
///
/// Without that, of many openings at once all but one would have to try again, round after round. A number that was
/// held for a refused command is free again; the append condition alone makes numbers unique.
actor NumberReader {
    private let log: any EventLog
    private var book = NumberBook()
    private var cursor = Position.start
    /// Held by commands under way, by series; as many as there are such commands.
    private var underWay: [String: Set<Int>] = [:]

    init(log: any EventLog) {
        self.log = log
    }

    /// The next free serials of one hub and year; the one the command takes is held until it is settled.
    func propose(for command: String, hubCode: String, year: Int) async throws(EventLogError) -> NumberProposal {
        let page = try await log.readAll(.types(NumberBook.types), after: cursor)
        for event in page.events where event.position > cursor { book.take(event) }
        cursor = max(cursor, page.head)
        var serials = CommandContext.ProposedNumbers(
            hubCode: hubCode, year: year, caseSerial: 0, requestSerial: 0, meetingSerial: 0)
        var held: (series: String, serial: Int)?
        for letter in NumberBook.letters {
            let series = NumberBook.series(hubCode: hubCode, year: year, letter: letter)
            var serial = book.next(in: series)
            while underWay[series]?.contains(serial) == true { serial += 1 }
            switch letter {
            case .caseFile: serials.caseSerial = serial
            case .request: serials.requestSerial = serial
            case .meeting: serials.meetingSerial = serial
            }
            if NumberBook.letter(takenBy: command) == letter {
                underWay[series, default: []].insert(serial)
                held = (series, serial)
            }
        }
        return NumberProposal(serials: serials, held: held)
    }

    /// Lets go of what was held: by now the number is in the log, or free again.
    func settle(_ proposal: NumberProposal) {
        guard let (series, serial) = proposal.held else { return }
        underWay[series]?.remove(serial)
        if underWay[series]?.isEmpty == true { underWay[series] = nil }
    }
}
