import Crypto
import FoundationEssentials

/// HMAC-SHA-256 under a key that fits one block, built on the library's SHA-256.
///
/// A leaf takes ten of them. The library's own HMAC keeps its key and state in objects and was measured at five times the
/// cost of the hashes it consists of; a test holds this one to it.
enum ShortKeyHMAC {
    private static let block = 64

    /// The code of a message, 32 bytes.
    ///
    /// - Parameter key: At most 64 bytes.
    static func code(for message: Data, key: Data) -> Data {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { output in
            key.withUnsafeBytes { key in message.withUnsafeBytes { code(for: $0, key: key, into: output) } }
            return Data(output)
        }
    }

    /// Writes the code of a message to the first 32 bytes of `output`.
    static func code(
        for message: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) {
        precondition(key.count <= block && output.count >= 32, "keys of leaves have 16 or 32 bytes")
        withUnsafeTemporaryAllocation(byteCount: block + 32, alignment: 8) { pad in
            // Zeros beyond the key, then one mask over the whole block.
            let first = UnsafeMutableRawBufferPointer(rebasing: pad[..<block])
            first.initializeMemory(as: UInt8.self, repeating: 0x36)
            for index in 0..<key.count { first[index] ^= key[index] }
            var inner = SHA256()
            inner.update(bufferPointer: UnsafeRawBufferPointer(first))
            inner.update(bufferPointer: message)
            for index in 0..<block { first[index] ^= 0x36 ^ 0x5c }
            inner.finalize().withUnsafeBytes { digest in
                UnsafeMutableRawBufferPointer(rebasing: pad[block...]).copyMemory(from: digest)
            }
            SHA256.hash(data: UnsafeRawBufferPointer(pad)).withUnsafeBytes { output.copyMemory(from: $0) }
        }
    }
}
