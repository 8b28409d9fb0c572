import Crypto
import FoundationEssentials

/// The key of this installation: it opens every other one, so it lives in one file and on one sheet of paper.
package struct DeploymentKey: Equatable, Sendable {
    let key: SymmetricKey

    /// A new key from the system's randomness.
    package static func random() -> Self {
        Self(key: SymmetricKey(size: .bits256))
    }

    init(key: SymmetricKey) {
        self.key = key
    }

    /// Reads the key from its file, exactly 32 bytes.
    ///
    /// - Parameters:
    ///   - path: `secrets/deployment.key`, or where the service manager put the credential.
    ///   - isCredential: Whether the service manager guards the file, whose mode is then not ours to judge.
    package init(contentsOf path: String, isCredential: Bool = false) throws(KeyStoreError) {
        let bytes = try SecretFile.read(path, strict: !isCredential)
        guard bytes.count == 32 else { throw KeyStoreError(.deploymentKeyMalformed(path)) }
        key = SymmetricKey(data: bytes)
    }

    /// Writes the key to a new file with mode 0600.
    package func write(to path: String) throws(KeyStoreError) {
        try SecretFile.create(path, bytes)
    }

    private var bytes: Data { key.withUnsafeBytes { Data($0) } }
}

// MARK: The recovery sheet's code

extension DeploymentKey {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// 14 groups of 4 characters in two lines: 52 of base32 (RFC 4648) and a check group.
    package var recoveryText: String {
        let code = Self.base32(bytes) + Self.checkGroup(of: bytes)
        let groups = stride(from: 0, to: code.count, by: 4).map { start in
            String(decoding: code[start..<min(start + 4, code.count)], as: UTF8.self)
        }
        return groups.prefix(7).joined(separator: " ") + "\n" + groups.dropFirst(7).joined(separator: " ")
    }

    /// Reads the code back, alone or from a whole recovery sheet; small letters, hyphens and 0, 1, 8 for O, I, B are mended.
    ///
    /// - Throws: ``KeyStoreError`` that says what does not fit.
    package init(recoveryText text: String) throws(KeyStoreError) {
        let lines = text.split(whereSeparator: \.isNewline)
        let codeLines = lines.filter { line in
            let groups = line.split(separator: " ")
            return groups.count == 7 && groups.allSatisfy { $0.utf8.count == 4 && $0.count == 4 }
        }
        let code = codeLines.count == 2 ? codeLines.joined() : text
        let bytes = code.utf8.filter { byte in
            byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") && byte != 0x0a && byte != 0x0d && byte != 0x09
        }
        guard bytes.count == 56 else { throw KeyStoreError(.recoveryTextLength(bytes.count)) }
        var values: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            guard let value = Self.value(of: byte) else { throw KeyStoreError(.recoveryTextCharacter(index + 1)) }
            values.append(value)
        }
        var key = Data()
        var buffer: UInt16 = 0
        var bits = 0
        for value in values.prefix(52) {
            buffer = buffer << 5 | UInt16(value)
            bits += 5
            guard bits >= 8 else { continue }
            bits -= 8
            key.append(UInt8(truncatingIfNeeded: buffer >> UInt16(bits)))
            buffer &= (1 << UInt16(bits)) - 1
        }
        // 52 characters hold 260 bits: the last four must be empty, and the check group must fit.
        guard buffer == 0, values.suffix(4).map({ Self.alphabet[Int($0)] }) == Self.checkGroup(of: key) else {
            throw KeyStoreError(.recoveryTextCheck)
        }
        self.key = SymmetricKey(data: key)
    }

    private static func base32(_ bytes: Data) -> [UInt8] {
        var text: [UInt8] = []
        var buffer: UInt16 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt16(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt16(bits)) & 0x1f])
                buffer &= (1 << UInt16(bits)) - 1
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt16(5 - bits)) & 0x1f]) }
        return text
    }

    /// 20 bits of SHA-256, so that one wrong character is found but for one in a million.
    private static func checkGroup(of bytes: Data) -> [UInt8] {
        let digest = SHA256.hash(data: Data("onedoor/recovery/1".utf8) + bytes)
        return Array(base32(Data(digest.prefix(3))).prefix(4))
    }

    private static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a")
        case UInt8(ascii: "2")...UInt8(ascii: "7"): byte - UInt8(ascii: "2") + 26
        case UInt8(ascii: "0"): 14
        case UInt8(ascii: "1"): 8
        case UInt8(ascii: "8"): 1
        default: nil
        }
    }
}
