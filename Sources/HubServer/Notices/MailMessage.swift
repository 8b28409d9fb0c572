import CaseDesk
import CaseViews
import EventSourcing
import Foundation
import RuleBook
import WorkingCalendar

/// One notice as a message of RFC 5322: plain text in UTF-8, Chinese first, lines that end in CR LF.
struct MailMessage {
    let data: Data

    init(_ notice: Notice, from: String, to address: String) {
        let headers = [
            "From: \(from)", "To: \(address)", "Date: \(Self.date(notice.at))",
            "Message-ID: <\(notice.id)@onedoor.invalid>", "Subject: \(Self.word(Self.subject(of: notice)))",
            "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
        ]
        let body = Data(Self.text(of: notice).utf8).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        data = Data((headers.joined(separator: "\r\n") + "\r\n\r\n" + body + "\r\n").utf8)
    }

    private static func subject(of notice: Notice) -> String {
        switch notice.kind {
        case .digest: "一口通时限提醒 \(notice.lines.count) 项 / \(notice.lines.count) deadlines"
        case .reminder: "一口通催办 / reminder"
        case .urgent: "一口通紧急时限 / urgent deadline"
        }
    }

    private static func text(of notice: Notice) -> String {
        var lines = notice.lines.map { line in
            let numbers = [line.subjectNumber, line.caseNumber].compactMap { $0?.description }
            let due = line.dueDay.map(\.description) ?? line.dueAt.map(\.description) ?? "–"
            let provisional = line.isProvisional ? "（暂定 / provisional）" : ""
            let number = numbers.first ?? line.deadline.description
            return "\(line.word.chinese) \(line.name.chinese) \(number) 最迟 \(due)\(provisional)\n"
                + "  \(line.word.english): \(line.name.english), due \(due)"
        }
        if let more = notice.unlisted {
            lines.append("另有 \(more) 个承诺日期变动，见日历报告。 / \(more) more promised dates moved; see the calendar's report.")
        }
        lines.append("办理请登录一口通。 / Sign in to OneDoor to act.")
        return lines.joined(separator: "\n") + "\n"
    }

    /// An encoded word (RFC 2047) for each stretch of at most 45 bytes, cut between characters.
    static func word(_ text: String) -> String {
        var pieces: [String] = []
        var piece = ""
        for character in text {
            if piece.utf8.count + character.utf8.count > 45 {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        pieces.append(piece)
        return pieces.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// `Tue, 15 Aug 2023 09:00:00 +0800`.
    static func date(_ instant: Instant) -> String {
        let day = CivilDay(containing: instant.milliseconds)
        let second = (instant.milliseconds - day.startMilliseconds) / 1000
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let parts = day.description.split(separator: "-")
        let month = parts.count == 3 ? Int(parts[1]).map { months[($0 + 11) % 12] } ?? "Jan" : "Jan"
        // Day 0 is 1970-01-01, a Thursday.
        let weekday = weekdays[((day.number % 7) + 7) % 7]
        let time = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(weekday), \(parts.last ?? "01") \(month) \(parts.first ?? "1970") "
            + "\(time.joined(separator: ":")) +0800"
    }
}
