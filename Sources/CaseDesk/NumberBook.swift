import EventSourcing

/// The highest running number given in each series and year; proposes the next one.
///
/// The append condition guards the proposal, so a number is never given twice; skipped numbers are allowed.
struct NumberBook {
    /// `DY23-` for cases, `DY23-Q` for help requests, `DY23-M` for meetings.
    private var highest: [String: Int] = [:]

    /// Events that carry a number of their own.
    static let types: Set<String> = [
        "CaseOpened", "HelpRequestRecorded", "JointMeetingRequested", "JointMeetingConvened",
    ]

    mutating func take(_ event: RecordedEvent) {
        for tag in event.tags where tag.kind == .number {
            let name = String(tag.name)
            guard EntityNumber(name) != nil else { continue }
            let parts = name.split(separator: "-")
            guard parts.count == 2 else { continue }
            let letters = parts[1].prefix { $0.isLetter }
            guard let serial = Int(parts[1].dropFirst(letters.count)) else { continue }
            let series = "\(parts[0])-\(letters)"
            highest[series] = max(highest[series] ?? 0, serial)
        }
    }

    /// The next serial of a series, `Q` or `M`, or none for cases.
    func next(hubCode: String, year: Int, letter: String) -> Int {
        let twoDigits = year % 100
        return (highest["\(hubCode)\(twoDigits < 10 ? "0" : "")\(twoDigits)-\(letter)"] ?? 0) + 1
    }
}
