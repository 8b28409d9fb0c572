import EventSourcing
import Logging
import SQLiteEventLog
import SQLiteViews

/// Makes the views anew while no server runs.
package struct HubRebuild: Sendable {
    private let folder: HubFolder

    package init(folder: HubFolder) {
        self.folder = folder
    }

    private struct Report: Encodable {
        let position: UInt64
    }

    /// Builds fresh views beside the old ones and puts them in their place.
    ///
    /// - Throws: ``CommandFailure``; `tryAgain` while a server holds the log.
    package func run(console: Console) async throws(CommandFailure) {
        let log: SQLiteEventLog
        do throws(EventLogError) {
            log = try SQLiteEventLog.open(in: folder.path, clock: WallClock())
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
        do {
            let reached = try await SQLiteViews.rebuild(at: folder.views, from: log) { reached, head in
                console.progress("重建 rebuilding \(reached)/\(head)")
            }
            console.progressDone()
            await log.close()
            console.say("视图已重建至 #\(reached) – views rebuilt up to #\(reached)")
            console.result(Report(position: reached.number))
        } catch {
            console.progressDone()
            await log.close()
            throw CommandFailure(
                .cannotCreate, code: "views.rebuild", field: folder.views, chinese: "视图重建失败",
                english: "the views could not be rebuilt", remedy: "检查磁盘与权限 / check the disk and the rights")
        }
    }
}
