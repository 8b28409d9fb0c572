import EventSourcing
import NIOConcurrencyHelpers
import SQLiteEventLog

/// Recomputes a log, beside a running server or without one.
package struct HubVerification: Sendable {
    private let folder: HubFolder

    package init(folder: HubFolder) {
        self.folder = folder
    }

    private struct Report: Encodable {
        let log: UniqueID
        let events: UInt64
        let root: String
        let sound: Bool
        let fault: String?
        let position: UInt64?
        let detail: String?
    }

    /// Verifies everything up to the head of the moment.
    ///
    /// - Throws: ``CommandFailure`` with exit 1 and the first bad position when the log is not sound, or another code
    ///   when it cannot be read at all.
    package func run(console: Console) async throws(CommandFailure) {
        let verification: LogVerification
        do throws(EventLogError) {
            let reader = try SQLiteLogReader(folder: folder.path)
            verification = try await LogVerifier(reader).verify { reached, head in
                console.progress("校验 verifying \(reached)/\(head)")
            }
            console.progressDone()
        } catch {
            console.progressDone()
            throw Self.unreadable(error, folder: folder.path)
        }
        let finding = verification.finding
        let root = verification.head.root.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0\(text)" : text
        }.joined()
        console.result(
            Report(
                log: verification.identity.logID, events: verification.head.position.number, root: root,
                sound: finding == nil, fault: finding?.fault.rawValue, position: finding?.position?.number,
                detail: finding?.detail))
        guard let finding else {
            console.say(
                "完好:\(verification.head.position) 个事件,根 \(root)\nsound: \(verification.head.position) events, root \(root)"
            )
            return
        }
        let place = finding.position.map { "#\($0)" } ?? "–"
        throw CommandFailure(
            .defect, code: "verify.\(finding.fault.rawValue)", field: place, chinese: "日志在 \(place) 处不符",
            english: "the log does not hold at \(place): \(finding.detail)",
            remedy: "停止服务,保留文件,从备份比对 / stop serving, keep the files, compare with the backup")
    }

    /// A file that is no longer a database has no position to name.
    private static func unreadable(_ error: EventLogError, folder: String) -> CommandFailure {
        let failure = CommandFailure(error, folder: folder)
        guard failure.code == "log.damaged" else { return failure }
        return CommandFailure(
            failure.status, code: failure.code, field: failure.field, chinese: failure.chinese,
            english: failure.english, remedy: "停止服务,保留文件,从备份恢复 / stop serving, keep the files, restore from the backup")
    }
}
