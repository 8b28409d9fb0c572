import Foundation
import HubTesting

/// What a disk may hold after the power went: all that was synced, and of the rest any part.
///
/// Writes that were not synced are there or not, each 512-byte sector by itself; so are changes of length. The name of a
/// new file lasts once its folder was synced; until then the folder may show any earlier state of it.
struct PowerLoss {
    static let sector = 512

    private enum Change {
        case write(offset: Int, bytes: Data)
        case truncate(length: Int)
    }

    private struct File {
        var durable = Data()
        var pending: [Change] = []
    }

    /// By the number of a file.
    private var files: [Int: File] = [:]
    /// What each name may stand for after a loss, the newest last; nothing for no file.
    private var names: [String: [Int?]] = [:]
    private let before: [String: Data]
    /// A sync that does nothing, as a disk that lies: then the tests must find losses.
    private let ignoresSyncs: Bool

    /// - Parameter before: The files of the folder when its record began.
    init(before: [String: Data], ignoresSyncs: Bool = false) {
        self.before = before
        self.ignoresSyncs = ignoresSyncs
        for (number, entry) in before.sorted(by: { $0.key < $1.key }).enumerated() {
            files[-1 - number] = File(durable: entry.value)
            names[entry.key] = [-1 - number]
        }
    }

    /// Takes the next change of the record in.
    mutating func take(_ change: FileChange) {
        switch change.kind {
        case .found:
            // The file from before the record, now known by its number.
            files[change.file] = File(durable: before[change.name] ?? Data())
            names[change.name] = [change.file]
        case .create:
            files[change.file] = File()
            names[change.name, default: [nil]].append(change.file)
        case .delete(let syncsFolder):
            names[change.name, default: [nil]].append(nil)
            if syncsFolder { syncFolder() }
        case .write(let offset, let bytes):
            files[change.file, default: File()].pending.append(.write(offset: offset, bytes: bytes))
        case .truncate(let length):
            files[change.file, default: File()].pending.append(.truncate(length: length))
        case .sync(let syncsFolder):
            if ignoresSyncs { return }
            var file = files[change.file] ?? File()
            for each in file.pending { Self.apply(each, to: &file.durable) }
            file.pending = []
            files[change.file] = file
            if syncsFolder { syncFolder() }
        }
    }

    private mutating func syncFolder() {
        for (name, states) in names { names[name] = Array(states.suffix(1)) }
    }

    /// The files as one loss of power at this moment may leave them.
    func image(_ generator: inout SeededGenerator) -> [String: Data] {
        // Losing everything, keeping everything and halves are each likely enough to be met often.
        let keeps = [0, 0, 25, 50, 75, 100].randomElement(using: &generator) ?? 0
        let tears = Bool.random(using: &generator)
        var image: [String: Data] = [:]
        for (name, states) in names.sorted(by: { $0.key < $1.key }) {
            guard let state = states.randomElement(using: &generator), let number = state, let file = files[number]
            else { continue }
            var bytes = file.durable
            for change in file.pending {
                if tears, case .write(let offset, let all) = change {
                    Self.tear(all, at: offset, into: &bytes, keeps: keeps, &generator)
                } else if Int.random(in: 0..<100, using: &generator) < keeps {
                    Self.apply(change, to: &bytes, junk: Bool.random(using: &generator))
                }
            }
            image[name] = bytes
        }
        return image
    }

    /// Applies each sector of a write by itself.
    private static func tear(
        _ all: Data, at offset: Int, into bytes: inout Data, keeps: Int, _ generator: inout SeededGenerator
    ) {
        var start = 0
        while start < all.count {
            let end = min(all.count, start + sector - (offset + start) % sector)
            if Int.random(in: 0..<100, using: &generator) < keeps {
                let part = Change.write(offset: offset + start, bytes: Data(all.dropFirst(start).prefix(end - start)))
                apply(part, to: &bytes, junk: Bool.random(using: &generator))
            }
            start = end
        }
    }

    /// - Parameter junk: Whether bytes that a longer file gains without a write are anything rather than zero.
    private static func apply(_ change: Change, to bytes: inout Data, junk: Bool = false) {
        switch change {
        case .write(let offset, let new):
            if offset > bytes.count { bytes.append(Data(repeating: junk ? 0xa5 : 0, count: offset - bytes.count)) }
            bytes.replaceSubrange(offset..<min(bytes.count, offset + new.count), with: new)
        case .truncate(let length):
            if length < bytes.count {
                bytes = Data(bytes.prefix(length))
            } else {
                bytes.append(Data(repeating: 0, count: length - bytes.count))
            }
        }
    }
}
