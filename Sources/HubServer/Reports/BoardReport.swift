import CSupport
import EventSourcing
import Foundation

/// The deadline board in a terminal: once, or redrawn until it is stopped.
package struct BoardReport: Sendable {
    /// What is asked for.
    package struct Question: Sendable {
        /// Of the address, as `BoardParameter` names them.
        package var parameters: [(name: String, value: String)] = []
        /// Counts by department and town instead of the list.
        package var isCounts = false
        /// 1 through 500 rows.
        package var limit = 100
        /// The `next` of the page before.
        package var after: String?
        package var language = BoardLanguage.chinese
        /// The past time asked about and which question, `asKnownAt` or `asItWasAt`; nothing for now.
        package var past: (view: String, time: String)?

        package init() {}

        var path: String {
            var values = parameters
            if let past { values.append((past.view, past.time)) }
            if !isCounts {
                values.append(("limit", "\(limit)"))
                if let after { values.append(("after", after)) }
            }
            let query = values.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
            return (isCounts ? "/v1/board/counts" : "/v1/board") + (query.isEmpty ? "" : "?\(query)")
        }

        private static func encoded(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
        }
    }

    private let client: HubClient
    private let question: Question

    package init(client: HubClient, question: Question) {
        self.client = client
        self.question = question
    }

    /// Prints the board once, plain where output is no terminal.
    ///
    /// - Throws: ``CommandFailure`` when the hub does not answer or refuses.
    package func print(to console: Console) async throws(CommandFailure) {
        let answer = try await client.get(question.path)
        console.result(answer.body)
        // A pipe takes whole lines; a terminal as many columns as it has.
        let columns = console.isTerminal ? TerminalSize.current.columns : 160
        for line in lines(of: answer.body, columns: columns, console) { console.say(line) }
    }

    private func lines(of answer: JSONValue, columns: Int, _ console: Console) -> [String] {
        let style = TerminalStyle.fitting(
            isTerminal: console.isTerminal, environment: ProcessInfo.processInfo.environment)
        let screen = BoardScreen(columns: columns, style: style, language: question.language)
        return question.isCounts ? screen.lines(ofCounts: answer) : screen.lines(of: answer)
    }

    // MARK: Watching

    /// Shows the board until Ctrl-C, anew when the log has grown, the window has changed or the time has come, and
    /// leaves the terminal as it was.
    ///
    /// - Parameter seconds: After which the lights are looked at again though nothing has happened, 1 or more.
    /// - Throws: ``CommandFailure`` when there is no terminal, or the hub refuses the question itself.
    package func watch(every seconds: Int, on console: Console) async throws(CommandFailure) {
        guard console.isTerminal, !console.json else {
            throw CommandFailure(
                .usage, code: "board.watch", field: "--watch", chinese: "--watch 需要终端,不能与 --json 同用",
                english: "--watch needs a terminal and goes without --json",
                remedy: "去掉 --watch,或直接在终端中运行 / leave --watch out, or run it in a terminal")
        }
        csupport_watch_stop_signals()
        console.text(Self.enter)
        defer { console.text(Self.leave) }
        var shown: Shown?
        while csupport_stop_requested() == 0 {
            if try await isStale(shown, seconds) {
                shown = try await draw(on: console)
            }
            // Sleeps: Ctrl-C only sets a mark, and a new window size says nothing; both are looked for in turn.
            try? await ContinuousClock().sleep(for: .milliseconds(200))
            if Task.isCancelled { return }
        }
    }

    /// What the terminal shows now.
    private struct Shown {
        let position: Int64?
        let size: TerminalSize
        let drawn: ContinuousClock.Instant
        let asked: ContinuousClock.Instant
    }

    private static let enter = "\u{1B}[?1049h\u{1B}[?25l"
    private static let leave = "\u{1B}[?25h\u{1B}[?1049l"

    private func isStale(_ shown: Shown?, _ seconds: Int) async throws(CommandFailure) -> Bool {
        guard let shown else { return true }
        let now = ContinuousClock.now
        if TerminalSize.current != shown.size || now - shown.drawn >= .seconds(seconds) { return true }
        // One cheap question a second tells whether anything has happened.
        guard now - shown.asked >= .seconds(1) else { return false }
        let head = try? await client.get("/v1/log/head")
        return head?.body["position"]?.number != shown.position
    }

    private func draw(on console: Console) async throws(CommandFailure) -> Shown {
        let size = TerminalSize.current
        let now = ContinuousClock.now
        var lines: [String]
        var position: Int64?
        do throws(CommandFailure) {
            let answer = try await client.get(question.path)
            position = answer.body["position"]?.number
            lines = self.lines(of: answer.body, columns: size.columns, console)
        } catch {
            // A hub that is away for a moment comes back; a question that is wrong stays wrong.
            guard error.status == .unreachable || error.status == .tryAgain else { throw error }
            lines = ["✗ \(error.chinese) \(error.english)"]
        }
        let footer = question.language.text("Ctrl-C 退出", "Ctrl-C leaves")
        let room = max(1, size.rows - 1)
        if lines.count > room {
            lines = lines.prefix(room - 1) + [question.language.text("… 还有 \(lines.count - room + 1) 行", "… more")]
        }
        // Each line is cleared to its end and the rest below, so that nothing flickers and nothing old stays.
        let text = (lines + [footer]).map { $0 + "\u{1B}[K" }.joined(separator: "\r\n")
        console.text("\u{1B}[H" + text + "\u{1B}[J")
        return Shown(position: position, size: size, drawn: now, asked: now)
    }

    static func line(_ row: JSONValue) -> String {
        BoardScreen(columns: 160, style: TerminalStyle(isColoured: false), language: .chinese).line(row)
    }
}
