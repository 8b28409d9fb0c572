import Crypto
package import FoundationEssentials

/// The hash chain of one department's feed (`FORMATS.md` §6): whoever knows `chain_n` knows every entry up to *n*.
package enum FeedChain {
    /// `chain_0`, before the first entry.
    ///
    /// - Parameters:
    ///   - logID: 16 bytes.
    ///   - department: Its code.
    package static func start(logID: [UInt8], department: String) -> Data {
        precondition(logID.count == 16, "identifiers in a chain have 16 bytes")
        var bytes = logID
        bytes.appendShortText(department)
        return bytes.withUnsafeBytes { SHA256.digest(of: 0x02, $0) }
    }

    /// `chain_n` from the one before.
    ///
    /// - Parameters:
    ///   - previous: `chain_n−1`, 32 bytes.
    ///   - sequence: *n*, from 1.
    ///   - leaf: Leaf of the event of the entry, 32 bytes.
    package static func next(after previous: Data, sequence: UInt64, leaf: Data) -> Data {
        previous.withUnsafeBytes { previous in
            withUnsafeBytes(of: sequence.bigEndian) { sequence in
                leaf.withUnsafeBytes { SHA256.digest(of: 0x02, previous, sequence, $0) }
            }
        }
    }
}
