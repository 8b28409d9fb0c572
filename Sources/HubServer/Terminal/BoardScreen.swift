import CaseViews
import Deadlines
package import EventSourcing
import RuleBook
import WorkingCalendar

/// Lays the answers of the board's API out for a terminal of some width; pure, so that every width can be tested.
package struct BoardScreen: Sendable {
    private let columns: Int
    private let style: TerminalStyle
    private let language: BoardLanguage

    /// - Parameter columns: Width of the terminal; below 40 lines are cut.
    package init(columns: Int, style: TerminalStyle, language: BoardLanguage) {
        self.columns = columns
        self.style = style
        self.language = language
    }

    // MARK: The list

    /// The board as lines: head, broken promises, rows, and what is not shown.
    ///
    /// - Parameter answer: Of `GET /v1/board`, or of the board of a past time.
    package func lines(of answer: JSONValue) -> [String] {
        var lines = [head(of: answer)]
        let broken = brokenPromises(answer)
        lines += broken
        let rows = answer["rows"]?.elements ?? []
        if rows.isEmpty {
            return lines + [cut(language.text("没有符合条件的时限。", "No deadline matches."))]
        }
        lines.append(style.text(titles, .bold))
        lines += rows.map(line)
        if answer["next"]?.text != nil {
            lines.append(
                style.text(
                    cut(language.text("还有更多,用 --limit 或 --all 查看。", "There are more: --limit or --all shows them.")),
                    .grey))
        }
        if rows.contains(where: { $0["isProvisional"] == .bool(true) }) {
            lines.append(
                style.text(
                    cut(language.text("◇ 暂定:放假安排尚未公布,到期日可能变化。", "◇ provisional: the holidays are not published yet.")),
                    .grey)
            )
        }
        return lines
    }

    private func head(of answer: JSONValue) -> String {
        let time = answer["now"]?.text.flatMap(Instant.init).map(Self.clock) ?? ""
        let kind =
            switch answer["view"]?.text {
            case "asKnownAt": language.text("当时所知 ", "as known then ")
            case "asItWasAt": language.text("当时实情 ", "as it truly was ")
            default: ""
            }
        let place = answer["position"]?.number ?? 0
        let text = language.text("时限看板 · \(kind)截至 ", "Deadline board · \(kind)as of ") + "\(time) · #\(place)"
        return style.text(cut(text), .bold)
    }

    private func brokenPromises(_ answer: JSONValue) -> [String] {
        let cases = (answer["brokenPromises"]?.elements ?? []).compactMap { $0["number"]?.text }
        let referrals = (answer["brokenReferralPromises"]?.elements ?? []).compactMap { row in
            row["number"]?.text.map { "\($0) \(row["department"]?.text ?? "")" }
        }
        guard !(cases + referrals).isEmpty else { return [] }
        let text = "✗ " + language.text("承诺落空 ", "broken promises ") + "\((cases + referrals).count): "
        return [style.text(cut(text + (cases + referrals).joined(separator: ", ")), .red)]
    }

    /// Columns from left to right; the narrower the terminal, the fewer.
    private struct Widths {
        let light: Int
        let number = 15
        let due = 17
        let left: Int
        let owner: Int
        let town: Int
        let what: Int

        init(_ columns: Int, _ language: BoardLanguage) {
            light = language == .chinese ? 10 : 14
            left = language == .chinese ? 17 : 15
            owner = columns >= 90 ? 12 : columns >= 76 ? 9 : 0
            town = columns >= 108 ? 12 : 0
            let others = [light, 15, 17, left, owner, town].filter { $0 > 0 }
            what = max(8, columns - others.reduce(0, +) - others.count)
        }
    }

    private var widths: Widths { Widths(columns, language) }

    private var titles: String {
        let words: [(String, String)] = [
            ("灯", "light"), ("编号", "number"), ("事项", "what"), ("到期", "due"), ("剩余", "left"), ("承办", "who"),
            ("镇街", "town"),
        ]
        return assembled(words.map { language.text($0.0, $0.1) })
    }

    private func assembled(_ cells: [String]) -> String {
        let widths = widths
        let sizes = [widths.light, widths.number, widths.what, widths.due, widths.left, widths.owner, widths.town]
        let fitted = zip(cells, sizes).filter { $0.1 > 0 }.map { TerminalText.fitted($0.0, to: $0.1) }
        return cut(Self.trimmed(fitted.joined(separator: " ")))
    }

    /// One row: sign and word of its light, then what, when, how long, whose.
    func line(_ row: JSONValue) -> String {
        let state = row["state"]?.text.flatMap(DeadlineState.init)
        let light = "\(state?.sign ?? "?") \(label(row["stateLabel"]) ?? "")"
        let urgent = row["isUrgent"] == .bool(true) ? language.text("急 ", "urgent ") : ""
        let promise = row["isPromise"] == .bool(true) ? language.text("[承诺]", "[promise]") : ""
        let supervised =
            row["supervision"]?.number.map { language.text("[督办\($0)]", "[supervised \($0)]") } ?? ""
        let late = row["isLateRecord"] == .bool(true) ? language.text("[补录]", "[late record]") : ""
        let text = assembled([
            light, row["caseNumber"]?.text ?? row["subjectNumber"]?.text ?? "–",
            urgent + (label(row["label"]) ?? "") + promise + supervised + late, due(row), left(row, state),
            row["handler"]?.text ?? row["owner"]?.text ?? language.text("救助中心", "centre"), row["town"]?.text ?? "–",
        ])
        // Only the light is coloured: it stands first, as wide as its column.
        let width = widths.light
        guard style.isColoured, TerminalText.width(text) > width else { return text }
        let start = TerminalText.fitted(light, to: width)
        guard text.hasPrefix(start) else { return text }
        return style.text(start, Self.colour(of: state)) + text.dropFirst(start.count)
    }

    private func label(_ value: JSONValue?) -> String? {
        value?[language.rawValue]?.text
    }

    private func due(_ row: JSONValue) -> String {
        let mark = row["isProvisional"] == .bool(true) ? "◇" : ""
        if row["workingDaysLeft"] == nil, row["workingDaysOverdue"] == nil,
            let instant = row["dueAt"]?.text.flatMap(Instant.init)
        {
            return Self.clock(instant) + mark
        }
        guard let day = row["dueDay"]?.text.flatMap(CivilDay.init) else {
            return row["dueAt"]?.text.flatMap(Instant.init).map(Self.clock) ?? "–"
        }
        let names = language == .chinese ? Self.chineseDays : Self.englishDays
        return "\(day) \(names[(day.weekday - 1) % 7])\(mark)"
    }

    private static let chineseDays = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
    private static let englishDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    private func left(_ row: JSONValue, _ state: DeadlineState?) -> String {
        let paused = state == .paused ? language.text("停,", "held, ") : ""
        if let days = row["workingDaysOverdue"]?.number {
            return language.text("超 \(days) 个工作日", "\(days) wd overdue")
        }
        return row["workingDaysLeft"]?.number.map { paused + language.text("剩 \($0) 个工作日", "\($0) wd left") } ?? "–"
    }

    // MARK: The counts

    /// Department × state and town × state as lines.
    ///
    /// - Parameter answer: Of `GET /v1/board/counts`.
    package func lines(ofCounts answer: JSONValue) -> [String] {
        let total = answer["total"]
        let states = DeadlineState.allCases.filter { state in
            switch state {
            case .overdue, .dueSoon, .onTime, .paused: true
            case .waiting, .free: (total?[state.rawValue]?.number ?? 0) > 0
            case .met, .metLate, .cancelled: false
            }
        }.sorted { Self.order(of: $0) < Self.order(of: $1) }
        var lines = [head(of: answer)]
        for (key, code, title, missing) in [
            ("departments", "department", language.text("部门", "department"), language.text("救助中心", "centre")),
            ("towns", "town", language.text("镇街", "town"), language.text("(无镇街)", "(no town)")),
        ] {
            lines.append("")
            lines.append(
                style.text(counted(title, states.map(heading) + [language.text("合计", "total")]), .bold))
            for line in answer[key]?.elements ?? [] {
                lines.append(counts(of: line["lights"], line[code]?.text ?? missing, states))
            }
            lines.append(counts(of: total, language.text("合计", "total"), states))
        }
        return lines
    }

    private func heading(_ state: DeadlineState) -> String {
        let word = language == .chinese ? state.label.chinese : state.label.english
        return "\(state.sign) \(word)"
    }

    private func counts(of lights: JSONValue?, _ name: String, _ states: [DeadlineState]) -> String {
        counted(name, (states.map(\.rawValue) + ["open"]).map { "\(lights?[$0]?.number ?? 0)" })
    }

    private func counted(_ name: String, _ numbers: [String]) -> String {
        let wide = language == .chinese ? 10 : 14
        let cells = numbers.map { TerminalText.fitted($0, to: wide, atRight: true) }
        return cut(TerminalText.fitted(name, to: 16) + cells.joined())
    }

    // MARK: Words and colours

    private static func colour(of state: DeadlineState?) -> TerminalStyle.Colour? {
        switch state {
        case .overdue, .metLate: .red
        case .dueSoon: .yellow
        case .onTime, .met: .green
        case .paused, .waiting, .free, .cancelled: .grey
        case nil: nil
        }
    }

    private static func order(of state: DeadlineState) -> Int {
        switch state {
        case .overdue: 0
        case .dueSoon: 1
        case .onTime: 2
        case .paused: 3
        case .waiting: 4
        case .free: 5
        case .met, .metLate, .cancelled: 6
        }
    }

    /// Date and time of day in China.
    static func clock(_ instant: Instant) -> String {
        let day = CivilDay(containing: instant.milliseconds)
        let minutes = Int((instant.milliseconds - day.startMilliseconds) / 60_000)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(day) \(two(minutes / 60)):\(two(minutes % 60))"
    }

    private func cut(_ text: String) -> String { TerminalText.truncated(TerminalText.printable(text), to: columns) }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
