import EventSourcing

/// Keeps the running numbers at the head of the log.
actor NumberReader {
    private let log: any EventLog
    private var book = NumberBook()
    private var cursor = Position.start

    init(log: any EventLog) {
        self.log = log
    }

    /// The next serials of one hub and year, and the head they were read at.
    func proposals(hubCode: String, year: Int) async throws(EventLogError) -> (
        caseFile: Int, request: Int, meeting: Int
    ) {
        let page = try await log.readAll(.types(NumberBook.types), after: cursor)
        for event in page.events where event.position > cursor { book.take(event) }
        cursor = max(cursor, page.head)
        return (
            book.next(hubCode: hubCode, year: year, letter: ""), book.next(hubCode: hubCode, year: year, letter: "Q"),
            book.next(hubCode: hubCode, year: year, letter: "M")
        )
    }
}
