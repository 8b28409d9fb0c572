import EventSourcing
import Foundation
import HubTesting
import SQLiteEventLog

/// A new folder on the memory file system, removed with the object.
final class LogFolder: Sendable {
    let path: String

    init() throws {
        let root = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        path = "\(root)/onedoor-log-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var file: String { "\(path)/\(SQLiteEventLog.fileName)" }
}

extension LogTuning {
    /// Sizes that a short history crosses many times.
    static func tiny(_ generator: inout SeededGenerator) -> LogTuning {
        var tuning = LogTuning()
        tuning.flushAfterEvents = Int.random(in: 1...8, using: &generator)
        tuning.checkpointAfterFrames = Int.random(in: 4...64, using: &generator)
        tuning.mappedTags = Int.random(in: 1...6, using: &generator)
        return tuning
    }
}

extension LogIdentity {
    /// A demo log of its own.
    static func sample(_ generator: inout SeededGenerator) -> LogIdentity {
        LogIdentity(logID: generator.uniqueID(), epoch: generator.uniqueID(), isDemo: true)
    }
}
