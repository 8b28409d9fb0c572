package import Crypto
package import EventSourcing
package import FoundationEssentials

/// A department's command with its signature, as it lies inside the sealed COMMAND body (`FORMATS.md` §8).
package struct SignedCommand: Hashable, Sendable {
    /// JSON as signed; never encoded again.
    package let headBytes: Data
    package let payloadBytes: Data
    /// 16 random bytes, so that nobody can guess the payload from its commitment.
    package let salt: Data
    /// Ed25519, 64 bytes.
    package let signature: Data
    package let head: CommandHead
    package let payload: CommandPayload

    /// Signs a command.
    ///
    /// - Parameter salt: 16 fresh random bytes.
    /// - Throws: ``FeedWireError`` when the values cannot be encoded or signed.
    package init(
        _ head: CommandHead, _ payload: CommandPayload, salt: Data, signedBy key: Curve25519.Signing.PrivateKey,
        scope: CommandScope
    ) throws(FeedWireError) {
        guard salt.count == 16 else { throw .malformed("command.salt") }
        do {
            headBytes = try EventJSON.encode(head)
            payloadBytes = try EventJSON.encode(payload)
        } catch {
            throw .malformed("command")
        }
        self.head = head
        self.payload = payload
        self.salt = salt
        let signed = Self.signedBytes(
            head: headBytes, commitment: Self.commitment(salt: salt, payload: payloadBytes), scope: scope)
        do {
            signature = try key.signature(for: signed)
        } catch {
            throw .notAuthentic("signing key")
        }
    }

    /// HMAC(salt, payload bytes), 32 bytes; stays in the event when the payload is erased.
    package var commitment: Data { Self.commitment(salt: salt, payload: payloadBytes) }

    /// Salt ‖ payload, the plaintext of the event's `signedCommand` section.
    package var saltAndPayload: Data { salt + payloadBytes }

    /// Seals the command to the hub.
    ///
    /// - Returns: The COMMAND body; keep it, since a repeat must carry the same id but may be sealed anew.
    /// - Throws: ``FeedWireError/tooLarge(_:)`` past the longest request.
    package func seal(to hub: Curve25519.KeyAgreement.PublicKey, scope: CommandScope) throws(FeedWireError) -> Data {
        var writer = WireWriter(capacity: 128 + headBytes.count + payloadBytes.count)
        writer.append(signature)
        writer.append(salt)
        writer.append(lengthPrefixed32: headBytes)
        writer.append(lengthPrefixed32: payloadBytes)
        let body: Data
        do {
            var sender = try HPKE.Sender(recipientKey: hub, ciphersuite: KeyBlock.suite, info: scope.prefix.data)
            let sealed = try sender.seal(writer.data)
            body = sender.encapsulatedKey + sealed
        } catch {
            throw .notAuthentic("hub command key")
        }
        guard body.count <= ControlMessage.maximumRequestLength else { throw .tooLarge("command") }
        return body
    }

    /// Opens a COMMAND body and checks the signature.
    ///
    /// - Parameters:
    ///   - departmentKeys: The department's registered Ed25519 keys, newest first.
    /// - Returns: The command and the key that signed it.
    /// - Throws: ``FeedWireError``; `notAuthentic` when it was not sealed to this hub for this department and log, or
    ///   none of the keys signed it; `malformed` when what is inside is not a command.
    package static func open(
        _ body: Data, with hub: Curve25519.KeyAgreement.PrivateKey,
        departmentKeys: [Curve25519.Signing.PublicKey], scope: CommandScope
    ) throws(FeedWireError) -> (command: SignedCommand, key: Curve25519.Signing.PublicKey) {
        guard body.count <= ControlMessage.maximumRequestLength else { throw .tooLarge("command") }
        var outer = WireReader(body)
        let encapsulated = try outer.take(32, "command.enc")
        let plaintext: Data
        do {
            var recipient = try HPKE.Recipient(
                privateKey: hub, ciphersuite: KeyBlock.suite, info: scope.prefix.data, encapsulatedKey: encapsulated)
            plaintext = try recipient.open(outer.takeRest())
        } catch {
            throw .notAuthentic("command")
        }
        let command = try SignedCommand(plaintext: plaintext)
        let signed = signedBytes(head: command.headBytes, commitment: command.commitment, scope: scope)
        guard let key = departmentKeys.first(where: { $0.isValidSignature(command.signature, for: signed) }) else {
            throw .notAuthentic("command signature")
        }
        return (command, key)
    }

    /// What stands in the event about the signature.
    package func eventSignature(by key: Curve25519.Signing.PublicKey) -> EventMetadata.Signature {
        EventMetadata.Signature(
            key: HexBytes(Data(SHA256.hash(data: key.rawRepresentation).prefix(8))).description,
            head: headBytes.base64EncodedString(), commitment: HexBytes(commitment).description,
            sig: HexBytes(signature).description)
    }

    private init(plaintext: Data) throws(FeedWireError) {
        var reader = WireReader(plaintext)
        signature = try reader.take(64, "command.sig")
        salt = try reader.take(16, "command.salt")
        headBytes = try reader.lengthPrefixed32("command.head")
        payloadBytes = try reader.lengthPrefixed32("command.payload")
        try reader.requireEnd("command")
        do {
            head = try BodyReader.read(CommandHead.self, from: headBytes)
        } catch {
            throw .malformed("head.\(error.field)")
        }
        do {
            payload = try BodyReader.read(CommandPayload.self, from: payloadBytes)
        } catch {
            throw .malformed("payload.\(error.field)")
        }
        guard case .object = payload.open else { throw .malformed("payload.open") }
    }

    static func commitment(salt: Data, payload: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: payload, using: SymmetricKey(data: salt)))
    }

    static func signedBytes(head: Data, commitment: Data, scope: CommandScope) -> Data {
        var writer = scope.prefix
        writer.append(SHA256.hash(data: head))
        writer.append(commitment)
        return writer.data
    }
}
