package import EventSourcing

/// A 32-byte public key in lower-case hex, 64 characters.
package struct PublicKeyText: Hashable, TextCodable {
    package static var textForm: String { "a public key of 64 lower-case hexadecimal characters" }
    package static var textShape: TextShape {
        TextShape(pattern: "^[0-9a-f]{64}$", example: String(repeating: "0", count: 64))
    }

    package let description: String

    package init?(_ text: String) {
        guard text.utf8.count == 64,
            text.utf8.allSatisfy({ byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            })
        else { return nil }
        description = text
    }

    /// Writes 32 bytes.
    ///
    /// - Returns: Nothing unless there are exactly 32.
    package init?(bytes: some Sequence<UInt8>) {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0f)])
        }
        self.init(String(decoding: text, as: UTF8.self))
    }

    /// The 32 bytes.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var high: UInt8?
        for byte in description.utf8 {
            let digit = byte < UInt8(ascii: "a") ? byte - UInt8(ascii: "0") : byte - UInt8(ascii: "a") + 10
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
    }
}

/// The public halves of a department's keys, the newest replacing the others.
///
/// The payload of `DepartmentKeysRegistered`.
package struct DepartmentKeys: EventPayload {
    package var department: DepartmentCode
    /// Opens the connection (CURVE).
    package var transport: PublicKeyText
    /// Feed keys are wrapped to it (X25519).
    package var agreement: PublicKeyText
    /// Its commands are signed with it (Ed25519).
    package var signing: PublicKeyText
    /// The account its adapter acts as: the actor of its commands.
    package var account: AccountID?

    package init(
        department: DepartmentCode, transport: PublicKeyText, agreement: PublicKeyText, signing: PublicKeyText,
        account: AccountID? = nil
    ) {
        self.department = department
        self.transport = transport
        self.agreement = agreement
        self.signing = signing
        self.account = account
    }
}
