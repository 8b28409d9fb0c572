import Crypto
package import EventSourcing
package import FeedProtocol
package import FoundationEssentials
import MerkleLog

/// Opens what the feed delivers: only what the pinned hub sealed for this department, in this epoch, in this order.
package struct SliceOpener: Sendable {
    private let department: DepartmentCode
    private let logID: UniqueID
    private let agreement: Curve25519.KeyAgreement.PrivateKey
    private let hub: Curve25519.Signing.PublicKey
    /// The key block opened last: a key agreement a day, not one a batch.
    private var opened: (block: KeyBlock, epoch: UniqueID, key: FeedKey)?

    /// Takes the pinned hub and the department's own keys.
    ///
    /// - Throws: ``AdapterFault`` when the sheet's signing key is no Ed25519 key.
    package init(sheet: HandOverSheet, keys: DepartmentSecrets) throws(AdapterFault) {
        department = sheet.department
        logID = sheet.logID
        agreement = keys.agreement
        guard let hub = try? Curve25519.Signing.PublicKey(rawRepresentation: sheet.signingKey) else {
            throw AdapterFault(
                .configuration, code: "sheet.malformed", field: "signing-key", chinese: "签名公钥不可用",
                english: "is not an Ed25519 key", remedy: "请中心重新打印交接单 / ask the centre to print the sheet again")
        }
        self.hub = hub
    }

    /// Opens entries and computes their chain from the cursor on.
    ///
    /// - Parameter cursor: Where the store is; the first entry must be the next one.
    /// - Throws: ``AdapterFault``; then nothing of the batch may be applied.
    /// - Complexity: O(*n*) in the bytes; about 1 µs an entry of 600 bytes.
    package mutating func open(
        _ entries: [SealedEntry], _ block: KeyBlock, epoch: UniqueID, after cursor: AdapterCursor
    ) throws(AdapterFault) -> [ReceivedEntry] {
        let scope = FeedScope(logID: logID, epoch: epoch, department: department)
        let key: FeedKey
        do {
            key = try feedKey(block, scope)
        } catch {
            throw .notAuthentic(error, sequence: entries.first?.sequence)
        }
        var chain = cursor.chain
        var received: [ReceivedEntry] = []
        received.reserveCapacity(entries.count)
        for entry in entries {
            let plaintext: Data
            do {
                plaintext = try entry.open(with: key, scope: scope)
            } catch {
                throw .notAuthentic(error, sequence: entry.sequence)
            }
            chain = FeedChain.next(after: chain, sequence: entry.sequence, leaf: entry.leaf)
            received.append(
                ReceivedEntry(
                    sequence: entry.sequence, position: entry.position, leaf: entry.leaf, chain: chain,
                    event: plaintext))
        }
        return received
    }

    /// Opens the hub's answer to a command.
    ///
    /// - Throws: ``FeedWireError`` when the pinned hub did not give it to this command.
    package func answer(_ body: Data, to command: UniqueID, epoch: UniqueID) throws(FeedWireError) -> CommandAnswer {
        try CommandAnswer(
            body: body, commandID: command, department: agreement, verifiedBy: hub,
            scope: FeedScope(logID: logID, epoch: epoch, department: department))
    }

    private mutating func feedKey(_ block: KeyBlock, _ scope: FeedScope) throws(FeedWireError) -> FeedKey {
        if let opened, opened.block == block, opened.epoch == scope.epoch { return opened.key }
        let key = try block.open(with: agreement, verifiedBy: hub, scope: scope)
        opened = (block, scope.epoch, key)
        return key
    }
}
