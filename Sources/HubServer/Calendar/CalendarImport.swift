import CaseDesk
import CaseViews
import Casework
import EventSourcing
import Foundation
import RuleBook
import WorkingCalendar

/// Makes the next calendar of a notice and publishes it, after showing every due date it moves.
package struct CalendarImport: Sendable {
    private let folder: HubFolder

    package init(folder: HubFolder) {
        self.folder = folder
    }

    private struct Report: Encodable {
        let published: Bool
        let preview: CalendarPreview
        let moves: [DueMove]
    }

    /// Imports one file.
    ///
    /// - Parameters:
    ///   - dryRun: Only shows what would move.
    ///   - expected: Digest of a report seen before; another one stops the import.
    ///   - kept: Where the moves are kept, one line of JSON each; else they are only shown.
    /// - Throws: ``CommandFailure`` with file and line when the file is wrong or contradicts an announced year.
    package func run(
        _ path: String, dryRun: Bool, expected: String?, kept: String?, console: Console
    ) async throws(CommandFailure) {
        let base = try await LoggedRules.current(in: folder).calendarDocument
        let document = try Self.read(path, after: base)
        let door = try await HubDoors.open(folder)
        let file = kept ?? "\(FileManager.default.temporaryDirectory.path)/onedoor-calendar-\(UUID().uuidString)"
        do throws(CommandFailure) {
            defer { if kept == nil { try? FileManager.default.removeItem(atPath: file) } }
            let preview = try await door.previewCalendar(document, to: URL(filePath: file).path)
            let moves = try CalendarPreview.moves(at: file)
            Self.print(preview, moves, console)
            if let expected, expected != preview.digest {
                throw CommandFailure(
                    .tryAgain, code: "calendar.reportChanged", field: "--digest",
                    chinese: "报告与先前看到的不同，没有发布", english: "the report is not the one seen before; nothing was published",
                    remedy: "再看一次 --dry-run / look at --dry-run again")
            }
            if !dryRun { try await Self.publish(document, preview, through: door, console) }
            await door.close()
            console.result(Report(published: !dryRun, preview: preview, moves: moves))
        } catch {
            await door.close()
            throw error
        }
    }

    /// The calendar a file makes of the one in force.
    static func read(_ path: String, after base: CalendarDocument?) throws(CommandFailure) -> CalendarDocument {
        var findings = RuleFindings()
        let file = CalendarFile(path: path, after: base, findings: &findings)
        if let first = findings.errors.first { throw CommandFailure(first) }
        guard let document = file.calendar(after: base) else { throw CommandFailure(DueQuestion.Refusal.noCalendar) }
        return document
    }

    private static func publish(
        _ document: CalendarDocument, _ preview: CalendarPreview, through door: any HubDoor, _ console: Console
    ) async throws(CommandFailure) {
        let notice = document.notice ?? CalendarNotice(source: document.version)
        let command = PublishCalendar(calendar: document.with(notice: notice.with(report: preview.seal)))
        let receipt = try await door.perform(
            PublishCalendar.name, subject: "", body: CommandBody(open: JSONValue(encoding: command)),
            id: IdentifierSource().next(at: WallClock().now()))
        console.say(
            receipt.events.isEmpty
                ? "日历 \(document.version) 早已发布 – published before" : "已发布日历 published: \(document.version)")
    }

    private static func print(_ preview: CalendarPreview, _ moves: [DueMove], _ console: Console) {
        let impact = preview.impact
        console.say("\(impact.from ?? "–") → \(impact.to)，相差 \(impact.changedDays.count) 天 – days changed")
        for day in impact.changedDays { console.say("  \(day)") }
        for move in moves {
            let owner = move.owner?.description ?? move.duty.rawValue
            let promise = move.isPromise ? " 承诺，告知申请人 promise: tell the applicant" : ""
            let legal = move.legal.map { " (依法 by law \($0))" } ?? ""
            let provisional = move.isProvisional ? " ◇暂定" : ""
            console.say(
                "  \(move.caseNumber?.description ?? "–") \(move.label.chinese) \(move.deadline) \(owner): "
                    + "\(move.before) → \(move.after)\(legal)\(provisional)\(promise)")
        }
        console.say(
            """
            移动 moved \(impact.moved) / \(impact.looked)（推后 later \(impact.later)，提前 earlier \(impact.earlier)，\
            保护 held back \(impact.heldBack)，承诺 promises \(impact.promises)，转正 confirmed \(impact.confirmed)）
            """)
        for (owner, count) in impact.owners.sorted(by: { $0.key < $1.key }) {
            console.say("  告知 to be told: \(owner) \(count)")
        }
        console.say("摘要 digest: \(preview.digest)")
    }
}
