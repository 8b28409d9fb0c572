package import CaseViews
package import EventSourcing
import FoundationEssentials
import GRDB
import RuleBook

/// Makes boards of past times in files of their own, which go when nobody holds them any more.
package actor PastBoards: PastBoardSource {
    /// Made at once; a storm of questions must not fill the disk.
    private static let mostMaking = 2
    /// Kept for the next page of the same question.
    private static let mostKept = 2

    private struct Kept {
        let moment: PastMoment
        /// The log's head it was made from.
        let head: Position
        /// What was known then is final once something was recorded later; what was so can still be learnt.
        let isFinal: Bool
        let board: PastBoard
    }

    private let folder: String
    private let log: any EventLog
    private var kept: [Kept] = []
    private var making = 0
    private var serial = 0

    /// - Parameter folder: A folder of its own; what an earlier process left in it is removed.
    package init(in folder: String, of log: any EventLog) {
        self.folder = folder
        self.log = log
        try? FileManager.default.removeItem(atPath: folder)
    }

    package func board(of moment: PastMoment) async throws(ViewStoreError) -> PastBoard {
        let head: LogHead
        do { head = try await log.head() } catch { throw .storage("\(error.code)") }
        if let known = kept.first(where: { $0.moment == moment && ($0.isFinal || $0.head == head.position) }) {
            return known.board
        }
        guard making < Self.mostMaking else { throw .busy }
        making += 1
        defer { making -= 1 }
        serial += 1
        let path = "\(folder)/\(serial).sqlite"
        let board: PastBoard
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let views = try await SQLiteViews.past(at: path, of: moment, from: log)
            board = PastBoard(views: views, rules: views.rules)
        } catch let error as ViewStoreError {
            throw error
        } catch {
            throw .storage("\(error)")
        }
        let isFinal = moment.view == .asKnownAt && head.recordedAt > moment.instant
        kept.insert(Kept(moment: moment, head: head.position, isFinal: isFinal, board: board), at: 0)
        if kept.count > Self.mostKept { kept.removeLast() }
        return board
    }
}

extension SQLiteViews {
    /// Folds what belongs to a past moment into a file that is removed with the object.
    static func past(at path: String, of moment: PastMoment, from log: any EventLog) async throws -> SQLiteViews {
        let views = try openTemporary(at: path, for: log.identity)
        try await views.pool.writeWithoutTransaction { db in
            // A file that is thrown away when anything fails needs no sync.
            try db.execute(sql: "PRAGMA synchronous = OFF")
        }
        var place = Position.start
        while true {
            try Task.checkCancellation()
            var events: [RecordedEvent] = []
            var isLast = false
            while events.count < 20_000, !isLast {
                let page = try await log.read(.all, after: place, limit: 1000)
                events += page.events
                place = page.reached
                isLast = page.isLast
                // The log is in the order of recording: nothing after this one was known then.
                if moment.view == .asKnownAt, let last = page.events.last, !moment.includes(last) { isLast = true }
            }
            try await views.apply(events.map { (recorded: $0, read: nil) }, of: moment, deferred: !isLast)
            if isLast { return views }
        }
    }
}
