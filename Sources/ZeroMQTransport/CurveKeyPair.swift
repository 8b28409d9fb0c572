import CZeroMQ
package import FoundationEssentials

/// A CURVE key pair: the public half names a peer, the secret half proves it.
package struct CurveKeyPair: Sendable {
    /// 32 bytes.
    package let publicKey: Data
    /// 32 bytes.
    package let secretKey: Data

    /// Makes a new pair from the system's randomness.
    ///
    /// - Throws: ``ZeroMQError`` when this libzmq has no CURVE.
    package init() throws(ZeroMQError) {
        var publicText = [CChar](repeating: 0, count: 41)
        var secretText = [CChar](repeating: 0, count: 41)
        guard zmq_curve_keypair(&publicText, &secretText) == 0 else { throw .last("make CURVE keys") }
        guard let publicKey = Z85.decode(Self.text(publicText)), let secretKey = Z85.decode(Self.text(secretText))
        else { throw ZeroMQError("read CURVE keys", code: EINVAL) }
        self.publicKey = publicKey
        self.secretKey = secretKey
    }

    /// The pair of a stored secret.
    ///
    /// - Throws: ``ZeroMQError`` unless it has 32 bytes.
    package init(secretKey: Data) throws(ZeroMQError) {
        guard let text = Z85.encode(secretKey), secretKey.count == 32 else {
            throw ZeroMQError("CURVE secret of \(secretKey.count) bytes instead of 32", code: EINVAL)
        }
        var publicText = [CChar](repeating: 0, count: 41)
        guard zmq_curve_public(&publicText, text) == 0 else { throw .last("derive CURVE public key") }
        guard let publicKey = Z85.decode(Self.text(publicText)) else {
            throw ZeroMQError("read CURVE key", code: EINVAL)
        }
        self.publicKey = publicKey
        self.secretKey = secretKey
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// ZeroMQ's own spelling of keys: five characters for four bytes.
package enum Z85 {
    /// The text, or nothing unless the length divides by four.
    package static func encode(_ bytes: Data) -> String? {
        guard bytes.count % 4 == 0 else { return nil }
        var text = [CChar](repeating: 0, count: bytes.count / 4 * 5 + 1)
        let made = bytes.withUnsafeBytes { source in
            zmq_z85_encode(&text, source.bindMemory(to: UInt8.self).baseAddress, source.count)
        }
        guard made != nil else { return nil }
        return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The bytes, or nothing unless it is Z85.
    package static func decode(_ text: String) -> Data? {
        guard text.utf8.count % 5 == 0, !text.utf8.isEmpty else { return nil }
        var bytes = [UInt8](repeating: 0, count: text.utf8.count / 5 * 4)
        guard zmq_z85_decode(&bytes, text) != nil else { return nil }
        return Data(bytes)
    }
}
