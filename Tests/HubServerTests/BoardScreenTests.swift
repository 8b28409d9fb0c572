import EventSourcing
import HubServer
import Testing

/// The board in a terminal: signs and words beside every colour, and no line wider than the terminal.
@Suite struct BoardScreenTests {
    private let answer: JSONValue = [
        "now": "2023-09-06T02:00:00.000Z", "position": 63,
        "brokenPromises": [["number": "DY23-00001"]], "brokenReferralPromises": [],
        "rows": [
            [
                "state": "overdue", "stateLabel": ["zh": "逾期", "en": "overdue"], "caseNumber": "DY23-00001",
                "label": ["zh": "办理转办事项", "en": "handle the referral"], "dueDay": "2023-09-01",
                "workingDaysOverdue": 3, "owner": "jiaoyu", "town": "huangtang", "isProvisional": false,
                "isPromise": true,
            ],
            [
                "state": "paused", "stateLabel": ["zh": "暂停", "en": "paused"], "caseNumber": "DY23-00002",
                "label": ["zh": "一口出", "en": "exit"], "workingDaysLeft": 4, "isProvisional": true, "isPromise": false,
                "isUrgent": true,
            ],
            [
                "state": "dueSoon", "stateLabel": ["zh": "临期", "en": "due soon"], "subjectNumber": "DY23-Q00001",
                "label": ["zh": "紧急\u{1B}[31m联系", "en": "contact"], "dueAt": "2023-09-06T08:30:00.000Z",
                "isProvisional": false, "isPromise": false,
            ],
        ],
    ]

    private func screen(_ columns: Int, colour: Bool = false, _ language: BoardLanguage = .chinese) -> BoardScreen {
        BoardScreen(columns: columns, style: TerminalStyle(isColoured: colour), language: language)
    }

    @Test func `Chinese takes two columns, marks none, and a cut text says so`() {
        #expect(TerminalText.width("逾期") == 4)
        #expect(TerminalText.width("abc") == 3)
        #expect(TerminalText.width("e\u{301}") == 1)
        #expect(TerminalText.fitted("逾期", to: 6) == "逾期  ")
        #expect(TerminalText.fitted("12", to: 4, atRight: true) == "  12")
        #expect(TerminalText.truncated("办理转办事项", to: 7) == "办理转…")
        #expect(TerminalText.truncated("办理转办事项", to: 6) == "办理…")
        for columns in 0...14 {
            #expect(TerminalText.width(TerminalText.fitted("办a理b转c", to: columns)) == columns)
        }
    }

    @Test(arguments: [20, 40, 60, 80, 90, 110, 200])
    func `no line is wider than the terminal`(columns: Int) {
        for language in BoardLanguage.allCases {
            for line in screen(columns, language).lines(of: answer) {
                #expect(TerminalText.width(line) <= columns, "\(line)")
            }
        }
    }

    @Test func `each light has a sign and a word, and no text steers the terminal`() {
        let text = screen(120).lines(of: answer).joined(separator: "\n")
        for expected in [
            "■ 逾期", "‖ 暂停", "▲ 临期", "超 3 个工作日", "停,剩 4 个工作日", "2023-09-01 周五", "2023-09-06 16:30", "承诺落空 1",
            "DY23-Q00001", "[承诺]", "急 ", "◇ 暂定", "huangtang",
        ] { #expect(text.contains(expected), "\(expected) in \(text)") }
        #expect(!text.contains("\u{1B}"))
        let english = screen(120, .english).lines(of: answer).joined(separator: "\n")
        #expect(english.contains("■ overdue") && english.contains("3 wd overdue") && english.contains("Fri"))
    }

    @Test func `colour adds nothing but colour`() {
        let plain = screen(100).lines(of: answer)
        let coloured = screen(100, colour: true).lines(of: answer)
        #expect(coloured.contains { $0.contains("\u{1B}[31;1m") })
        let bare = coloured.map { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
        #expect(bare == plain)
    }

    @Test(arguments: [
        (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
        (true, ["TERM": "dumb"], false),
    ])
    func `there is colour on a terminal only, unless NO_COLOR or a dumb terminal says no`(
        isTerminal: Bool, environment: [String: String], isColoured: Bool
    ) {
        #expect(TerminalStyle.fitting(isTerminal: isTerminal, environment: environment).isColoured == isColoured)
    }

    @Test func `the counts stand in columns under their lights`() {
        let lights: JSONValue = ["overdue": 2, "dueSoon": 0, "onTime": 11, "paused": 1, "open": 14]
        let counts: JSONValue = [
            "now": "2023-09-06T02:00:00.000Z", "position": 63, "total": lights,
            "departments": [["lights": lights]], "towns": [["town": "huangtang", "lights": lights]],
        ]
        let lines = screen(80).lines(ofCounts: counts)
        #expect(lines.contains { $0.contains("■ 逾期") && $0.hasSuffix("合计") })
        #expect(lines.contains { $0.hasPrefix("救助中心") && $0.hasSuffix("14") })
        #expect(lines.contains { $0.hasPrefix("huangtang") })
        #expect(lines.allSatisfy { TerminalText.width($0) <= 80 })
    }

    @Test func `an empty board says that nothing matches`() {
        let lines = screen(80).lines(of: ["now": "2023-09-06T02:00:00.000Z", "position": 1, "rows": []])
        #expect(lines.last == "没有符合条件的时限。")
    }
}
