import Crypto
package import EventSourcing
package import FeedProtocol
package import FoundationEssentials

/// Signs and seals a department's commands for the pinned hub.
package struct CommandWriter: Sendable {
    private let scope: CommandScope
    private let signing: Curve25519.Signing.PrivateKey
    private let hub: Curve25519.KeyAgreement.PublicKey
    private let fingerprintKey: SymmetricKey

    /// Takes the pinned hub and the department's own keys.
    ///
    /// - Throws: ``AdapterFault`` when the sheet's command key is no X25519 key.
    package init(sheet: HandOverSheet, keys: DepartmentSecrets) throws(AdapterFault) {
        scope = CommandScope(logID: sheet.logID, department: sheet.department)
        signing = keys.signing
        guard let hub = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: sheet.commandKey) else {
            throw AdapterFault(
                .configuration, code: "sheet.malformed", field: "command-key", chinese: "指令公钥不可用",
                english: "is not an X25519 key", remedy: "请中心重新打印交接单 / ask the centre to print the sheet again")
        }
        self.hub = hub
        let label = Data("onedoor/outbox/1".utf8)
        fingerprintKey = SymmetricKey(
            data: HMAC<SHA256>.authenticationCode(
                for: label, using: SymmetricKey(data: keys.signing.rawRepresentation)))
    }

    /// A command as it lies in the outbox: sealed at once, so that its words never stand in a file in clear.
    ///
    /// - Parameters:
    ///   - salt: 16 fresh random bytes.
    ///   - queuedAt: When it was asked for, by the adapter's own clock.
    /// - Throws: ``AdapterFault`` when the command is too long for one message.
    package func write(
        _ head: CommandHead, _ payload: CommandPayload, salt: Data, queuedAt: Instant
    ) throws(AdapterFault) -> OutboxCommand {
        do {
            let signed = try SignedCommand(head, payload, salt: salt, signedBy: signing, scope: scope)
            return OutboxCommand(
                id: head.id, type: head.type, subject: head.subject, head: signed.headBytes,
                sealed: try signed.seal(to: hub, scope: scope), fingerprint: fingerprint(head, signed.payloadBytes),
                queuedAt: queuedAt)
        } catch {
            throw AdapterFault(
                .usage, code: "command.size", field: "note", chinese: "内容过长或无法封装",
                english: "the command cannot be sealed: too long, or a key is wrong",
                remedy: "缩短内容,附件另行提交 / shorten the text; hand in attachments separately")
        }
    }

    /// What was asked, without the time: the same act asked again later is the same command.
    private func fingerprint(_ head: CommandHead, _ payload: Data) -> Data {
        var bytes = Data()
        for field in [head.type, head.subject, head.actingPost.description, head.externalReference ?? ""] {
            bytes.append(contentsOf: field.utf8)
            bytes.append(0)
        }
        bytes.append(payload)
        return Data(HMAC<SHA256>.authenticationCode(for: bytes, using: fingerprintKey))
    }
}
