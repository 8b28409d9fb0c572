import Crypto
package import EventSourcing
import FoundationEssentials

/// Person keys and nonces that follow from a seed, for the log of one synthetic county.
///
/// A synthetic county must come out the same, bit by bit, from the same seed, and the digest of a sealed part depends on
/// its key and its nonce. Whoever knows the seed can open everything sealed this way, so it is a type of its own that no
/// default gives, it cannot be made for a log that is not a demo, and a store opened without it takes its keys and nonces
/// from the system. The keys of the hub itself always come from the system: no event depends on them.
package struct SyntheticKeys: Sendable {
    let logID: UniqueID
    private let root: SymmetricKey

    /// - Parameter log: The log it is for.
    /// - Returns: Nothing unless the log is a demo's.
    package init?(seed: UInt64, of log: LogIdentity) {
        guard log.isDemo else { return nil }
        logID = log.logID
        let text = Data("onedoor/synthetic/1".utf8) + log.logID.bytes
        let seed = withUnsafeBytes(of: seed.bigEndian) { SymmetricKey(data: Data(SHA256.hash(data: Data($0)))) }
        root = SymmetricKey(data: Data(HMAC<SHA256>.authenticationCode(for: text, using: seed)))
    }

    func key(of person: PersonReference) -> SymmetricKey {
        SymmetricKey(data: Data(HMAC<SHA256>.authenticationCode(for: Data(person.unique.bytes), using: root)))
    }

    /// 12 bytes that no other section has, since no other event has this identifier.
    func nonce(of context: SealedSectionContext) throws -> AES.GCM.Nonce {
        let text = Data(context.eventID.bytes) + [context.section]
        return try AES.GCM.Nonce(data: Data(HMAC<SHA256>.authenticationCode(for: text, using: root)).prefix(12))
    }
}
