package import Crypto
package import EventSourcing
package import FoundationEssentials

/// What the hub answered to a command.
package enum CommandAnswer: Hashable, Sendable {
    /// In the log; a reader at this place sees its effect.
    case accepted(Position)
    /// Refused by a rule, with the field at fault and what to do.
    case refused(code: String, field: String, remedy: String)
}

extension CommandAnswer {
    private struct Plain: Codable {
        var result: String
        var position: UInt64?
        var code: String?
        var field: String?
        var remedy: String?
    }

    /// Seals the answer for the department that asked.
    ///
    /// - Parameter nonce: Fresh randomness.
    /// - Returns: The ANSWER body: key block ‖ nonce ‖ ciphertext ‖ tag.
    package func seal(
        commandID: UniqueID, key: FeedKey, keyBlock: KeyBlock, nonce: AES.GCM.Nonce, logID: UniqueID
    ) throws(FeedWireError) -> Data {
        let plain: Plain
        switch self {
        case .accepted(let position): plain = Plain(result: "accepted", position: position.number)
        case .refused(let code, let field, let remedy):
            plain = Plain(result: "refused", code: code, field: field, remedy: remedy)
        }
        let bound = Self.additionalData(commandID: commandID, logID: logID)
        guard
            let box = try? AES.GCM.seal(
                ControlJSON.encode(plain), using: key.key, nonce: nonce, authenticating: bound)
        else { throw .notAuthentic("answer") }
        return keyBlock.bytes + Data(nonce) + box.ciphertext + box.tag
    }

    /// Opens an ANSWER body.
    ///
    /// - Throws: ``FeedWireError``; `notAuthentic` when the hub did not answer this command to this department.
    package init(
        body: Data, commandID: UniqueID, department: Curve25519.KeyAgreement.PrivateKey,
        verifiedBy hub: Curve25519.Signing.PublicKey, scope: FeedScope
    ) throws(FeedWireError) {
        var reader = WireReader(body)
        let block = try KeyBlock(bytes: reader.take(KeyBlock.length, "key block"))
        let key = try block.open(with: department, verifiedBy: hub, scope: scope)
        let nonce = try reader.take(12, "answer.nonce")
        let sealed = reader.takeRest()
        guard sealed.count >= 16 else { throw .malformed("answer") }
        let plaintext: Data
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: sealed.dropLast(16), tag: sealed.suffix(16))
            plaintext = try AES.GCM.open(
                box, using: key.key,
                authenticating: Self.additionalData(commandID: commandID, logID: scope.logID))
        } catch {
            throw .notAuthentic("answer")
        }
        self = try Self.read(plaintext)
    }

    private static func read(_ plaintext: Data) throws(FeedWireError) -> CommandAnswer {
        let plain = try ControlJSON.decode(Plain.self, from: plaintext)
        switch (plain.result, plain.position, plain.code, plain.field, plain.remedy) {
        case ("accepted", let position?, nil, nil, nil): return .accepted(Position(position))
        case ("refused", nil, let code?, let field?, let remedy?):
            return .refused(code: code, field: field, remedy: remedy)
        default: throw .malformed("answer")
        }
    }

    static func additionalData(commandID: UniqueID, logID: UniqueID) -> Data {
        var writer = WireWriter(capacity: 64)
        writer.append(label: "onedoor/answer/1")
        writer.append(logID)
        writer.append(commandID)
        return writer.data
    }
}
