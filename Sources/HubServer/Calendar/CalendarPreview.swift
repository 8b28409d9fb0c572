import CaseDesk
package import CaseViews
import EventSourcing
import Foundation
import RuleBook
package import WorkingCalendar

/// The report of one calendar before it is published: sums, digest, and where every move was written.
package struct CalendarPreview: Codable, Hashable, Sendable {
    package let impact: CalendarImpact
    /// SHA-256 of the canonical text.
    package let digest: String

    package init(impact: CalendarImpact, digest: String) {
        self.impact = impact
        self.digest = digest
    }

    /// What goes into the log with the calendar.
    package var seal: CalendarReportSeal {
        CalendarReportSeal(
            digest: digest, position: Int(clamping: impact.position.number), moved: impact.moved,
            promises: impact.promises)
    }

    /// Reports on the views of an open hub, and writes the moves as lines of JSON as they are found.
    ///
    /// - Parameter path: A new file; the report of a large hub does not fit into an answer.
    static func make(
        of document: CalendarDocument, desk: CaseDesk, to path: String
    ) async throws(CommandFailure) -> CalendarPreview {
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw CommandFailure(
                .cannotCreate, code: "calendar.report", field: path, chinese: "报告文件无法写入",
                english: "the report cannot be written", remedy: "检查目录权限 / check the folder's permissions")
        }
        defer { try? file.close() }
        do {
            try await desk.viewRunner.catchUp()
            let rules = try await desk.ruleBook.current().history.current
            let reporter = CalendarReporter(views: desk.views, rules: rules, now: desk.clock.now())
            let (impact, digest) = try await reporter.report(document) { move in
                try file.write(contentsOf: EventJSON.encode(move) + Data("\n".utf8))
            }
            return CalendarPreview(impact: impact, digest: digest)
        } catch let error as CalendarError {
            throw CommandFailure(DueQuestion.Refusal.calendar(error))
        } catch {
            throw CommandFailure(
                .unreachable, code: "calendar.report", field: path, chinese: "报告未能完成",
                english: "the report could not be finished", remedy: "稍后再试 / try again shortly")
        }
    }

    /// Reads the moves back, in the order in which they were found.
    static func moves(at path: String) throws(CommandFailure) -> [DueMove] {
        guard let data = FileManager.default.contents(atPath: path),
            let moves = try? data.split(separator: UInt8(ascii: "\n")).map({
                try EventJSON.decode(DueMove.self, from: Data($0))
            })
        else {
            throw CommandFailure(
                .badInput, code: "calendar.report", field: path, chinese: "报告读不回来",
                english: "the report cannot be read back", remedy: "再试一次 / try again")
        }
        return moves
    }
}
