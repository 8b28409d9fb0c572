import EventSourcing
import FoundationEssentials
import MerkleLog

/// What the writer remembers of the committed log, so that an append reads almost nothing.
struct WriterState {
    /// The small part, copied for each batch; a failed commit throws the copy away.
    struct Tail {
        var head: UInt64
        var recordedAt: Instant?
        var edge: MerkleEdge
        var nextTagID: UInt32
        var nextTypeID: UInt32
        var nextFeedID: Int64
        /// The last event the derived indexes hold.
        var mark: UInt64
        /// The generation of the memory tail that is being written into the indexes.
        var flush: IndexFlush?
        /// Local ids of all types met so far; there are about a hundred types.
        var types: [String: UInt32] = [:]
        /// Heads of the feeds met so far, one a department.
        var feeds: [DepartmentCode: Feed] = [:]
    }

    struct Feed {
        let id: Int64
        var sequence: UInt64
        var chain: Data
    }

    var tail: Tail
    /// Changed only after a commit, and never copied.
    var tags: TagMap
}
