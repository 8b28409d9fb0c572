import CaseDesk
package import Casework
import EventSourcing
import HTTPTypes
import Registry
import RuleBook
import WorkingCalendar

/// Every refusal of the program in one table, made from the enumerations that refuse.
package enum RefusalTable {
    /// One refusal as it is told.
    package struct Row: Hashable, Sendable {
        /// `referral.notDispatched`.
        package let code: String
        /// The enumeration it is a case of, `ReferralRefusal`.
        package let enumeration: String
        /// The case of its enumeration, `notDispatched`.
        package let name: String
        package let status: Int
        /// Empty where no single field is at fault.
        package let field: String
        package let chinese: String
        package let english: String
        /// What to do besides what the sentences say.
        package let remedy: String
    }

    /// The enumerations whose sentences need no values.
    package static let plain: [any (ToldRefusal & CaseIterable).Type] = [
        CaseFileRefusal.self, DeadlineRefusal.self, DeskRefusal.self, FollowUpRefusal.self, HelpRequestRefusal.self,
        InquiryRefusal.self, IntakeRefusal.self, JointMeetingRefusal.self, PublishRefusal.self, ReferralRefusal.self,
        ReliefRefusal.self, ReviewRefusal.self, TimeRefusal.self, VisitRefusal.self,
    ]

    /// Every refusal once, sorted by its code.
    package static var rows: [Row] {
        var rows: [Row] = plain.flatMap { Self.rows(of: $0) }
        rows += refusalsWithValues
        rows += requests
        rows += api
        rows += posts
        // One thing may be refused in two places; it is told alike.
        let byCode: [String: [Row]] = Dictionary(grouping: rows) { $0.code }
        return byCode.values.compactMap { $0.first }.sorted { $0.code < $1.code }
    }

    /// The table as it stands in `schemas/refusals.md`.
    package static var markdown: String {
        var text = """
            # 拒绝与失败一览 – what the hub refuses, and what to do

            由程序生成,勿手改 – generated; do not edit: `onedoor refusals > schemas/refusals.md`.
            HTTP 状态:400 读不懂,403 无权,404 没有,409 与他人冲突,422 读得懂但不允许。字段为空:不止一处。

            | code | HTTP | 字段 field | 中文 | English | 怎么办 what to do |
            | --- | --- | --- | --- | --- | --- |

            """
        for row in rows {
            let cells = [
                "`\(row.code)`", String(row.status), row.field.isEmpty ? "" : "`\(row.field)`", row.chinese,
                row.english,
                row.remedy,
            ]
            text += "| " + cells.map { escaped($0) }.joined(separator: " | ") + " |\n"
        }
        return text
    }

    private static func escaped(_ cell: String) -> String {
        String(cell.flatMap { $0 == "|" ? ["\\", "|"] : $0 == "\n" ? [" "] : [$0] })
    }

    private static func rows<Refusal: ToldRefusal & CaseIterable>(of type: Refusal.Type) -> [Row] {
        type.allCases.map { row($0.told, of: $0) }
    }

    /// How a refusal is told, as a row.
    static func row(_ told: CommandRefusal, of refusal: some Error) -> Row { row(DeskError(told), of: refusal) }

    private static func row<Refusal>(_ error: DeskError, of refusal: Refusal) -> Row {
        Row(
            code: error.code, enumeration: "\(Refusal.self)", name: String("\(refusal)".prefix { $0 != "(" }),
            status: ProblemDetails(error).status.code, field: error.field, chinese: error.chinese,
            english: error.english, remedy: error.remedy)
    }

    private static var requests: [Row] { RequestRefusal.allCases.map { row(DeskError($0), of: $0) } }

    private static var api: [Row] {
        APIRefusal.allCases.map { refusal in
            Row(
                code: refusal.rawValue, enumeration: "APIRefusal", name: "\(refusal)", status: refusal.status.code,
                field: refusal.field, chinese: refusal.chinese, english: refusal.english, remedy: refusal.remedy)
        }
    }

    private static var posts: [Row] {
        PostRefusal.allCases.map { refusal in
            Row(
                code: refusal.code, enumeration: "PostRefusal", name: "\(refusal)", status: 403, field: "actingPost",
                chinese: refusal.sentence.chinese, english: refusal.sentence.english,
                remedy: "\(refusal.remedy.chinese) / \(refusal.remedy.english)")
        }
    }
}
