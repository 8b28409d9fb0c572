import EventSourcing
import FoundationEssentials
import Logging
import RuleBook
import SQLiteEventLog

/// Proves rule files without serving, and tells how they differ from a log.
package struct RuleInspection: Sendable {
    private let path: String
    private let folder: HubFolder?

    package init(path: String, folder: HubFolder?) {
        self.path = path
        self.folder = folder
    }

    private struct Report: Encodable {
        struct Difference: Encodable {
            let kind: String
            let section: String
            let subject: String
            let version: Int
            let place: String?
        }

        struct Path: Encodable {
            let name: String
            let days: String
            let total: Int
            let promised: Int
        }

        let entries: Int
        let same: Bool?
        let differences: [Difference]
        let paths: [Path]
    }

    /// Reads, proves and compares.
    ///
    /// - Throws: ``CommandFailure`` for the first entry that is wrong, or with exit 1 when files and log differ.
    package func run(console: Console) async throws(CommandFailure) {
        let set: RuleSet
        let check: RuleCheck
        let book = try await bookOfLog()
        do throws(RuleFileError) {
            set = try RuleSet(path: path)
            check = try RuleCheck(set, against: book ?? RuleBook())
        } catch {
            throw CommandFailure(error)
        }
        console.say("规则 \(set.entries.count) 条,读得通 – \(set.entries.count) entries, all of them sound")
        for path in check.paths {
            console.say("  \(path.name.chinese) \(path.sum) = \(path.workingDays) ≤ \(path.promised) 个工作日 working days")
        }
        let differences = book == nil ? [] : check.differences
        for difference in differences {
            let place = difference.place.map { " \($0)" } ?? ""
            console.say(
                "  \(difference.kind.rawValue): \(difference.section) \(difference.subject) v\(difference.version)\(place)"
            )
        }
        console.result(
            Report(
                entries: set.entries.count, same: book == nil ? nil : check.isSame,
                differences: differences.map {
                    .init(
                        kind: $0.kind.rawValue, section: $0.section, subject: $0.subject, version: $0.version,
                        place: $0.place.map { "\($0)" })
                },
                paths: check.paths.map {
                    .init(name: $0.name.chinese, days: $0.sum, total: $0.workingDays, promised: $0.promised)
                }))
        if book != nil, !check.isSame {
            throw CommandFailure(
                .defect, code: "rules.differ", field: path, chinese: "文件与日志中的规则不同",
                english: "the files and the log differ", remedy: "用 onedoor rules publish 发布 / publish them")
        }
        if book != nil { console.say("与日志一致 – the same as in the log") }
    }

    /// Read beside a running server, without a lock.
    private func bookOfLog() async throws(CommandFailure) -> RuleBook? {
        guard let folder else { return nil }
        do throws(EventLogError) {
            let reader = try SQLiteLogReader(folder: folder.path)
            var history = RuleBookHistory()
            var cursor = Position.start
            while true {
                let events = try await reader.events(after: cursor, limit: 1000)
                guard let last = events.last else { return history.current }
                for event in events {
                    do {
                        try history.evolve(with: event)
                    } catch {
                        throw EventLogError(.unreadableRow, at: event.position, underlying: error)
                    }
                }
                cursor = last.position
            }
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
    }
}
