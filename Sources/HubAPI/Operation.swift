import HTTPTypes

/// What the API can do; each has one route.
enum Operation: String, CaseIterable, Sendable {
    case performCommand, performCommandOnSubject, listCommands
    case board, boardCounts, boardRates, boardTrend, certifyDeadline, listCases, readCase, readTimeline, replayCase,
        readCaseDays
    case listMeetings, readMeeting, readMeetingExtract
    case listDepartments, readWorklist, listUndelivered, listRules, readLogHead
    case listCalendars, readCalendar, listMoves, previewCalendar
    case find, askStatus, reveal, revealPerson, listAttachments, storeAttachment, openAttachment, readPostWorklist
    case listEmergencyAccesses, listNotices
    case isAlive, isReady, describeAPI

    var route: Route {
        switch self {
        case .performCommand: Route(.post, "/v1/commands/{type}")
        case .performCommandOnSubject: Route(.post, "/v1/commands/{type}/{kind}/{id}")
        case .listCommands: Route(.get, "/v1/commands")
        case .board: Route(.get, "/v1/board")
        case .boardCounts: Route(.get, "/v1/board/counts")
        case .boardRates: Route(.get, "/v1/board/rates")
        case .boardTrend: Route(.get, "/v1/board/trend")
        case .certifyDeadline: Route(.get, "/v1/deadlines/certificate")
        case .listCases: Route(.get, "/v1/cases")
        case .readCase: Route(.get, "/v1/cases/{case}")
        case .readTimeline: Route(.get, "/v1/cases/{case}/timeline")
        case .replayCase: Route(.get, "/v1/cases/{case}/replay")
        case .readCaseDays: Route(.get, "/v1/cases/{case}/days")
        case .listMeetings: Route(.get, "/v1/meetings")
        case .readMeeting: Route(.get, "/v1/meetings/{meeting}")
        case .readMeetingExtract: Route(.get, "/v1/meetings/{meeting}/extracts/{code}")
        case .listDepartments: Route(.get, "/v1/departments")
        case .readWorklist: Route(.get, "/v1/departments/{code}/worklist")
        case .listUndelivered: Route(.get, "/v1/undelivered")
        case .listRules: Route(.get, "/v1/rules")
        case .listCalendars: Route(.get, "/v1/calendars")
        case .readCalendar: Route(.get, "/v1/calendars/{version}")
        case .listMoves: Route(.get, "/v1/calendars/{version}/moves")
        case .previewCalendar: Route(.post, "/v1/calendar-previews")
        case .readLogHead: Route(.get, "/v1/log/head")
        case .find: Route(.post, "/v1/find")
        case .askStatus: Route(.post, "/v1/status")
        case .reveal: Route(.post, "/v1/cases/{case}/reveal")
        case .revealPerson: Route(.post, "/v1/persons/{person}/reveal")
        case .listAttachments: Route(.get, "/v1/cases/{case}/attachments")
        case .storeAttachment: Route(.post, "/v1/cases/{case}/attachments")
        case .openAttachment: Route(.post, "/v1/cases/{case}/attachments/{attachment}/open")
        case .readPostWorklist: Route(.get, "/v1/posts/{department}/{post}/worklist")
        case .listEmergencyAccesses: Route(.get, "/v1/emergency-accesses")
        case .listNotices: Route(.get, "/v1/notices")
        case .isAlive: Route(.get, "/livez")
        case .isReady: Route(.get, "/readyz")
        case .describeAPI: Route(.get, "/openapi.json")
        }
    }

    /// Whether it reads the views, so that `OneDoor-Min-Position` has a meaning.
    var readsViews: Bool {
        switch self {
        case .board, .boardCounts, .boardRates, .boardTrend, .certifyDeadline, .listCases, .readCase, .readTimeline,
            .replayCase, .readCaseDays, .readWorklist, .find, .askStatus, .reveal, .revealPerson, .listAttachments,
            .storeAttachment, .openAttachment,
            .readPostWorklist, .listUndelivered, .listNotices,
            .listMeetings, .readMeeting, .readMeetingExtract, .listMoves, .previewCalendar:
            true
        case .performCommand, .performCommandOnSubject, .listCommands, .listDepartments, .listRules, .readLogHead,
            .listEmergencyAccesses, .isAlive, .isReady, .describeAPI, .listCalendars, .readCalendar:
            false
        }
    }

    /// One line for `/openapi.json`.
    var summary: String {
        switch self {
        case .performCommand: "发出一条新建类命令 / Send a command that creates something"
        case .performCommandOnSubject: "对已有对象发出命令 / Send a command about something"
        case .listCommands: "命令表 / The commands"
        case .board: "时限看板 / The deadline board"
        case .boardCounts: "看板计数 / Counts of the board"
        case .boardRates: "按期率 / The on-time rate of one clock by due date, with percentiles"
        case .boardTrend: "趋势 / Opened, closed and overdue, day by day"
        case .certifyDeadline: "时限凭证 / The certificate of a due date, which anyone can compute again"
        case .listCases: "案件列表 / Cases, newest first"
        case .readCase: "一个案件 / One case"
        case .readTimeline: "案件时间线 / The events of a case"
        case .replayCase: "回放案件 / A case as of a past time"
        case .readCaseDays: "工作日归属 / Whose every working day of a case was"
        case .listMeetings: "联席会议 / The joint meetings, newest first"
        case .readMeeting: "一次联席会议 / One joint meeting with its agenda"
        case .readMeetingExtract: "一个单位的纪要摘录 / One body's extract of the minutes"
        case .listDepartments: "部门 / The departments"
        case .readWorklist: "部门待办 / What a department has on its desk"
        case .listUndelivered: "未送达 / Referrals of which no department's system has said that they arrived"
        case .listRules: "时限规则 / The deadline rules"
        case .listCalendars: "工作日日历 / The calendars published, and which is in force"
        case .readCalendar: "一部日历 / One calendar, a year of it, or a day explained"
        case .listMoves: "移动的到期日 / The open due dates one calendar moved, and whom to tell"
        case .previewCalendar: "日历预览 / What a calendar would move, publishing nothing"
        case .readLogHead: "日志末尾 / The end of the log"
        case .find: "窗口查找 / Find a person or case at the counter, masked"
        case .askStatus: "凭回执或身份证问进度(留痕) / How far a case is, on its receipt or a card, recorded"
        case .reveal: "查看案中个人信息(留痕) / Open personal data of a case, recorded"
        case .revealPerson: "查看一人信息(留痕) / Open personal data of a person, recorded"
        case .listAttachments: "附件清单 / The attachments of a case"
        case .storeAttachment: "存入附件 / Store an attachment"
        case .openAttachment: "打开附件(留痕) / Open an attachment, recorded"
        case .readPostWorklist: "岗位待办 / What a post has, and those it stands in for"
        case .listEmergencyAccesses: "紧急查阅 / Emergency accesses and their review"
        case .listNotices: "本人岗位与部门的通知 / Notices of one's post, desk and office, newest first"
        case .isAlive: "进程在运行 / The process runs"
        case .isReady: "可以办理业务 / Ready to work"
        case .describeAPI: "接口说明 / This description"
        }
    }
}
