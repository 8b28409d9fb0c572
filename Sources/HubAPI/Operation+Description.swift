import CaseDesk
import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

extension Operation {
    /// What operations are grouped by in the description.
    enum Subject: String, CaseIterable {
        case commands, board, cases, meetings, people, departments, rules, system
    }

    var subject: Subject {
        switch self {
        case .performCommand, .performCommandOnSubject, .listCommands: .commands
        case .board, .boardCounts, .boardRates, .boardTrend, .certifyDeadline, .listNotices: .board
        case .listCases, .readCase, .readTimeline, .replayCase, .readCaseDays: .cases
        case .listAttachments, .storeAttachment, .openAttachment, .reveal, .listEmergencyAccesses: .cases
        case .listMeetings, .readMeeting, .readMeetingExtract: .meetings
        case .find, .askStatus, .revealPerson: .people
        case .listDepartments, .readWorklist, .listUndelivered, .readPostWorklist: .departments
        case .listRules, .listCalendars, .readCalendar, .listMoves, .previewCalendar: .rules
        case .readLogHead, .isAlive, .isReady, .describeAPI: .system
        }
    }

    /// The query parameters it reads; any other is refused.
    var queryParameters: [Parameter] { Self.queryParameters[self] ?? [] }

    private static let queryParameters = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, $0.describedQueryParameters) })

    private var describedQueryParameters: [Parameter] {
        switch self {
        case .board:
            Parameter.board + Parameter.past + [
                Parameter(
                    name: "after", form: "上一页的 next / the next of the page before",
                    schema: ["type": "string", "pattern": .string(BoardCursor.pattern)]), .limit,
            ]
        case .boardCounts: Parameter.board + Parameter.past
        case .boardRates:
            [
                .text("rule", of: DeadlineRuleID.self, isRequired: true), .day("from"), .day("through"), .owner,
                .text("town", of: TownCode.self),
            ]
        case .boardTrend:
            [
                Parameter(name: "days", form: "1 through 250", schema: .wholeNumber(in: 1...250)), .owner,
                .text("town", of: TownCode.self),
            ]
        case .listCases:
            [
                .words("state", of: CaseRow.State.self), .text("town", of: TownCode.self),
                .text("department", of: DepartmentCode.self),
                Parameter(
                    name: "after", form: "上一页的 next / the next of the page before",
                    schema: ["type": "string", "pattern": .string(CaseCursor.pattern)]), .limit,
            ]
        case .listMeetings:
            [
                .words("state", of: CaseRow.Meeting.State.self), .theCase,
                .position("after", "上一页的 next / the next of the page before"), .limit,
            ]
        case .storeAttachment: [.text("person", of: PersonReference.self), .text("name", of: AttachmentName.self)]
        case .openAttachment:
            [
                Parameter(
                    name: "purpose", form: "why it is opened, such as handling",
                    schema: (try? TypeProbe.schema(of: ReadingPurpose.self)) ?? ["type": "string"])
            ]
        case .readTimeline: [.position("after", "从此位置之后 / after this position"), .limit]
        case .replayCase:
            [
                .asOf, .text("department", of: DepartmentCode.self),
                Parameter(
                    name: "view", form: PastMoment.View.allCases.map(\.rawValue).joined(separator: " or "),
                    schema: [
                        "type": "string", "enum": .array(PastMoment.View.allCases.map { .string($0.rawValue) }),
                    ]),
            ]
        case .readCaseDays: [.asOf]
        case .certifyDeadline: [.text("id", of: DeadlineID.self, isRequired: true)]
        case .readCalendar:
            [
                Parameter(
                    name: "year", form: "一年 / a year such as 2026",
                    schema: .wholeNumber(in: 0...9999)),
                Parameter(
                    name: "day", form: CivilDay.textForm, schema: ["type": "string", "format": "date"]),
            ]
        case .listMoves:
            [
                Parameter(name: "promise", form: "true or false", schema: ["type": "boolean"]),
                Parameter(
                    name: "after", form: "上一页的 next / the next of the page before",
                    schema: ["type": "string", "pattern": .string(BoardCursor.pattern)]), .limit,
            ]
        case .readWorklist:
            [Parameter(name: "closed", form: "true or false", schema: ["type": "boolean"]), .limit]
        case .listNotices:
            [
                Parameter(name: "unread", form: "true or false", schema: ["type": "boolean"]),
                .position("before", "上一页的 next / the next of the page before"), .limit,
            ]
        case .listUndelivered:
            [
                Parameter(
                    name: "minutes", form: DeliveryWatch.minutesForm,
                    schema: .wholeNumber(in: DeliveryWatch.minutesRange)), .limit,
            ]
        case .performCommand, .performCommandOnSubject, .listCommands, .readCase, .listDepartments, .listRules,
            .readLogHead, .isAlive, .isReady, .describeAPI, .readMeeting, .readMeetingExtract, .find, .askStatus,
            .reveal,
            .revealPerson, .listAttachments, .readPostWorklist, .listEmergencyAccesses, .listCalendars,
            .previewCalendar:
            []
        }
    }

    /// A part of its path in words.
    func form(ofPathPart name: String) -> String {
        switch name {
        case "case": Parameter.theCase.form
        case "code", "department": DepartmentCode.textForm
        case "version": "a version such as CN-2026.1"
        case "post": "the second half of a post, such as aid of jiaoyu/aid"
        default: UniqueID.textForm
        }
    }

    func schema(ofPathPart name: String) -> JSONValue {
        switch name {
        case "case": Parameter.theCase.schema
        case "code", "department": .textSchema(of: DepartmentCode.self)
        case "version": ["type": "string", "pattern": "^[A-Za-z0-9._-]{1,64}$"]
        case "post": ["type": "string", "pattern": "^[a-z0-9-]{1,32}$"]
        default: .textSchema(of: UniqueID.self)
        }
    }

    /// The statuses it fails with; what the router answers to another method or address is none of its.
    func failures(needsToken: Bool) -> [Int] {
        let always = [400, 500, 503] + (needsToken ? [401, 403] : [])
        switch self {
        case .performCommand, .performCommandOnSubject: return always + [404, 409, 413, 415, 422, 507]
        case .readCase, .readTimeline, .replayCase, .readWorklist, .board, .boardCounts, .boardRates, .boardTrend,
            .listAttachments,
            .listMeetings, .readMeeting, .readMeetingExtract, .readPostWorklist, .certifyDeadline, .readCaseDays,
            .readCalendar, .listMoves:
            return always + [404, 422]
        case .listCases, .listNotices, .listUndelivered: return always + [422]
        case .find, .previewCalendar: return always + [413, 415, 422]
        case .askStatus: return always + [413, 415, 422]
        case .reveal, .revealPerson: return always + [404, 409, 413, 415, 422, 507]
        case .storeAttachment, .openAttachment: return always + [404, 409, 413, 422, 507]
        case .listEmergencyAccesses, .listCommands, .listDepartments, .listRules, .readLogHead, .isAlive, .isReady,
            .describeAPI, .listCalendars:
            return always
        }
    }

    /// The body it reads; that of a command is the command's own.
    func requestBody(_ schemas: inout SchemaBook) -> JSONValue? {
        switch self {
        case .find: Self.json(schemas.reference(to: FindQuestion.self))
        case .askStatus: Self.json(schemas.reference(to: StatusQuestion.self))
        case .previewCalendar: Self.json(schemas.reference(to: CalendarQuestion.self))
        case .reveal, .revealPerson: Self.json(schemas.reference(to: RevealRequest.self))
        case .storeAttachment:
            [
                "required": true,
                "content": ["application/octet-stream": ["schema": ["type": "string", "format": "binary"]]],
            ]
        case .performCommand, .performCommandOnSubject, .listCommands, .board, .boardCounts, .boardRates, .boardTrend,
            .listCases, .readCase,
            .readTimeline, .replayCase, .listDepartments, .readWorklist, .listUndelivered, .listRules, .readLogHead,
            .isAlive, .isReady,
            .describeAPI, .listMeetings, .readMeeting, .readMeetingExtract, .listAttachments, .openAttachment,
            .readPostWorklist, .listEmergencyAccesses, .listNotices, .certifyDeadline, .readCaseDays, .listCalendars,
            .readCalendar, .listMoves:
            nil
        }
    }

    private static func json(_ schema: JSONValue) -> JSONValue {
        ["required": true, "content": ["application/json": ["schema": schema]]]
    }

    /// The status when all went well; a command that creates nothing answers 200 all the same.
    var successes: [Int] {
        switch self {
        case .performCommand, .performCommandOnSubject: [200, 201]
        case .storeAttachment: [201]
        case .listCommands, .board, .boardCounts, .boardRates, .boardTrend, .listCases, .readCase, .readTimeline,
            .replayCase, .listDepartments,
            .readWorklist, .listUndelivered, .listRules, .readLogHead, .isAlive, .isReady, .describeAPI, .listMeetings,
            .readMeeting,
            .readMeetingExtract, .find, .askStatus, .reveal, .revealPerson, .listAttachments, .openAttachment,
            .readPostWorklist,
            .listEmergencyAccesses, .listNotices, .certifyDeadline, .readCaseDays, .listCalendars, .readCalendar,
            .listMoves, .previewCalendar:
            [200]
        }
    }

    /// The types of its answer.
    var mediaTypes: [String] {
        switch self {
        case .openAttachment: AttachmentType.allCases.map(\.rawValue).sorted()
        case .performCommand, .performCommandOnSubject, .listCommands, .board, .boardCounts, .boardRates, .boardTrend,
            .listCases, .readCase,
            .readTimeline, .replayCase, .listDepartments, .readWorklist, .listUndelivered, .listRules, .readLogHead,
            .isAlive, .isReady,
            .describeAPI, .listMeetings, .readMeeting, .readMeetingExtract, .find, .askStatus, .reveal, .revealPerson,
            .listAttachments, .storeAttachment, .readPostWorklist, .listEmergencyAccesses, .certifyDeadline,
            .listNotices, .readCaseDays, .listCalendars, .readCalendar, .listMoves, .previewCalendar:
            ["application/json"]
        }
    }

    /// The schema of its answer, learnt from the type it writes.
    func answerSchema(_ schemas: inout SchemaBook) -> JSONValue {
        switch self {
        case .performCommand, .performCommandOnSubject: schemas.reference(to: CommandReceipt.self)
        case .listCommands: schemas.reference(to: CommandsAnswer.self)
        case .board: schemas.reference(to: BoardAnswer.self)
        case .boardCounts: schemas.reference(to: CountsAnswer.self)
        case .boardRates: schemas.reference(to: RatesAnswer.self)
        case .boardTrend: schemas.reference(to: TrendAnswer.self)
        case .listCases: schemas.reference(to: CasesAnswer.self)
        case .readCase: schemas.reference(to: CaseAnswer.self)
        case .readTimeline: schemas.reference(to: TimelineAnswer.self)
        case .replayCase: schemas.reference(to: ReplayAnswer.self)
        case .readCaseDays: schemas.reference(to: CaseDaysAnswer.self)
        case .certifyDeadline: schemas.reference(to: CertificateAnswer.self)
        case .listDepartments: schemas.reference(to: DepartmentsAnswer.self)
        case .readWorklist: schemas.reference(to: WorklistAnswer.self)
        case .listUndelivered: schemas.reference(to: UndeliveredAnswer.self)
        case .listRules: schemas.reference(to: RulesAnswer.self)
        case .listCalendars: schemas.reference(to: CalendarsAnswer.self)
        case .readCalendar: schemas.reference(to: CalendarAnswer.self)
        case .listMoves: schemas.reference(to: MovesAnswer.self)
        case .previewCalendar: schemas.reference(to: CalendarPreviewAnswer.self)
        case .readLogHead: schemas.reference(to: HeadAnswer.self)
        case .isAlive: schemas.reference(to: AliveAnswer.self)
        case .isReady: schemas.reference(to: ReadyAnswer.self)
        case .listMeetings: schemas.reference(to: MeetingsAnswer.self)
        case .readMeeting: schemas.reference(to: MeetingAnswer.self)
        case .readMeetingExtract: schemas.reference(to: ExtractAnswer.self)
        case .find: schemas.reference(to: FindAnswer.self)
        case .askStatus: schemas.reference(to: StatusAnswer.self)
        case .reveal, .revealPerson: schemas.reference(to: RevealAnswer.self)
        case .listAttachments: schemas.reference(to: AttachmentsAnswer.self)
        case .storeAttachment: schemas.reference(to: StoredAnswer.self)
        case .openAttachment: ["type": "string", "format": "binary"]
        case .readPostWorklist: schemas.reference(to: PostWorklistAnswer.self)
        case .listEmergencyAccesses: schemas.reference(to: EmergenciesAnswer.self)
        case .listNotices: schemas.reference(to: NoticesAnswer.self)
        case .describeAPI: ["type": "object", "required": ["openapi", "info", "paths"]]
        }
    }
}

extension Parameter {
    static let limit = Parameter(name: "limit", form: "1 through 500", schema: .wholeNumber(in: 1...500))
    static let owner = Parameter(
        name: "department", form: "centre, or \(DepartmentCode.textForm)", schema: .textSchema(of: DepartmentCode.self))

    static func day(_ name: String) -> Parameter {
        Parameter(
            name: name, form: "a date that exists such as 2026-11-20", schema: ["type": "string", "format": "date"])
    }

    static let asOf = Parameter(
        name: "asOf", form: "an RFC 3339 time, or a date for the end of that day",
        schema: ["anyOf": [["type": "string", "format": "date-time"], ["type": "string", "format": "date"]]])

    /// A case by number or by id.
    static let theCase = Parameter(
        name: "case", form: "案件编号或标识 / a case number or id",
        schema: ["anyOf": [.textSchema(of: EntityNumber.self), .textSchema(of: UniqueID.self)]])

    /// The two questions about the past.
    static var past: [Parameter] {
        PastMoment.View.allCases.map { Parameter(name: $0.rawValue, form: asOf.form, schema: asOf.schema) }
    }

    /// What the board can be filtered by.
    static var board: [Parameter] {
        BoardParameter.allCases.map { parameter in
            Parameter(name: parameter.rawValue, form: parameter.form, schema: parameter.schema)
        } + [.theCase]
    }

    static func text<Text: TextCodable>(
        _ name: String, of type: Text.Type, isRequired: Bool = false
    ) -> Parameter {
        Parameter(name: name, form: Text.textForm, schema: .textSchema(of: type), isRequired: isRequired)
    }

    static func words<Word: CaseIterable & RawRepresentable<String>>(_ name: String, of type: Word.Type) -> Parameter {
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        return Parameter(name: name, form: "\(words); several with commas", schema: .wordsSchema(of: type))
    }

    static func position(_ name: String, _ form: String) -> Parameter {
        Parameter(name: name, form: form, schema: .wholeNumber(in: 0...Int.max))
    }
}

extension BoardParameter {
    fileprivate var schema: JSONValue {
        switch self {
        case .state: .wordsSchema(of: DeadlineState.self)
        case .department: .textSchema(of: DepartmentCode.self)
        case .town: .textSchema(of: TownCode.self)
        case .handler: .textSchema(of: PostCode.self)
        case .rule: .textSchema(of: DeadlineRuleID.self)
        case .item: .textSchema(of: PolicyItemCode.self)
        case .kind: Self.word(EventTag.Kind.self)
        case .channel: Self.word(RequestChannel.self)
        case .paused: Self.word(DeadlineRule.PauseReason.self)
        case .urgent, .promise, .provisional, .irregular, .lateRecord: ["type": "boolean"]
        case .village: ["type": "string", "pattern": "^[a-z0-9-]{1,32}/[a-z][a-zA-Z0-9.-]{1,63}$"]
        case .level, .levelFrom: .wholeNumber(in: 1...5)
        case .pausedOver: .wholeNumber(in: 1...250)
        case .view: Self.word(BoardView.self)
        case .sort: Self.word(BoardSort.self)
        case .mine: ["type": "boolean", "enum": [true]]
        case .dueFrom, .dueThrough, .startedFrom, .startedThrough: ["type": "string", "format": "date"]
        }
    }

    private static func word<Word: CaseIterable & RawRepresentable<String>>(_ type: Word.Type) -> JSONValue {
        ["type": "string", "enum": .array(Word.allCases.map { .string($0.rawValue) })]
    }
}
