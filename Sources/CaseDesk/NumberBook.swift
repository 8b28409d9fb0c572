import Casework
import EventSourcing

/// The highest running number given in each series and year; proposes the next one.
///
/// The append condition guards the proposal, so a number is never given twice; skipped numbers are allowed.
struct NumberBook {
    /// What tells the series of one hub and year apart (`FORMATS.md` §10).
    enum Letter: String, CaseIterable {
        case caseFile = ""
        case request = "Q"
        case meeting = "M"
    }

    /// `DY23-` for cases, `DY23-Q` for help requests, `DY23-M` for meetings.
    private var highest: [String: Int] = [:]

    static let letters = Letter.allCases

    /// Events that carry a number of their own.
    static let types: Set<String> = ["CaseOpened", "HelpRequestRecorded", "JointMeetingConvened"]

    /// The series a command takes a number of, if it takes one.
    static func letter(takenBy command: String) -> Letter? {
        switch command {
        case SubmitApplication.name, ReportEmergency.name: .caseFile
        case RecordHelpRequest.name: .request
        case ConveneJointMeeting.name: .meeting
        default: nil
        }
    }

    static func series(hubCode: String, year: Int, letter: Letter) -> String {
        let twoDigits = year % 100
        return "\(hubCode)\(twoDigits < 10 ? "0" : "")\(twoDigits)-\(letter.rawValue)"
    }

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

    /// The serial after the highest given.
    func next(in series: String) -> Int {
        (highest[series] ?? 0) + 1
    }
}
