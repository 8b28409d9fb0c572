package import Crypto
package import FoundationEssentials

/// The key one department's entries and answers are sealed with, and its name.
package struct FeedKey: Sendable {
    /// 8 bytes, new with each key.
    package let id: Data
    /// 32 bytes.
    package let key: SymmetricKey

    /// Takes a key; both parts come from the caller, who has the randomness.
    package init(id: Data, key: SymmetricKey) {
        precondition(id.count == 8 && key.bitCount == 256, "a feed key is 32 bytes named by 8")
        self.id = id
        self.key = key
    }
}

/// A feed key wrapped to a department and signed by the hub: the first 152 bytes of an entries body and of an answer.
package struct KeyBlock: Hashable, Sendable {
    package static let length = 152

    static let suite = HPKE.Ciphersuite(kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256)

    package let keyID: Data
    let encapsulated: Data
    let wrapped: Data
    let signature: Data

    /// Wraps `feedKey` for the department of `scope` and signs it.
    ///
    /// - Throws: ``FeedWireError/notAuthentic(_:)`` when the department's key is not a usable X25519 key.
    /// - Complexity: one key agreement and one signature, about 0.2 ms: once a key, not once an entry.
    package init(
        wrapping feedKey: FeedKey, for department: Curve25519.KeyAgreement.PublicKey,
        signedBy hub: Curve25519.Signing.PrivateKey, scope: FeedScope
    ) throws(FeedWireError) {
        let info = Self.info(keyID: feedKey.id, scope: scope)
        do {
            var sender = try HPKE.Sender(recipientKey: department, ciphersuite: Self.suite, info: info)
            let wrapped = try sender.seal(feedKey.key.withUnsafeBytes { Data($0) })
            signature = try hub.signature(for: info + sender.encapsulatedKey + wrapped)
            encapsulated = sender.encapsulatedKey
            self.wrapped = wrapped
        } catch {
            throw .notAuthentic("department key")
        }
        keyID = feedKey.id
    }

    /// Reads 152 bytes, which may still be anybody's until ``open(with:verifiedBy:scope:)`` accepts them.
    ///
    /// - Throws: ``FeedWireError/malformed(_:)`` for another length.
    package init(bytes: Data) throws(FeedWireError) {
        var reader = WireReader(bytes)
        keyID = try reader.take(8, "key block")
        encapsulated = try reader.take(32, "key block")
        wrapped = try reader.take(48, "key block")
        signature = try reader.take(64, "key block")
        try reader.requireEnd("key block")
    }

    package var bytes: Data { keyID + encapsulated + wrapped + signature }

    /// Checks the hub's signature and unwraps the key.
    ///
    /// - Throws: ``FeedWireError/notAuthentic(_:)`` when the block was altered, made by another hub, or meant for
    ///   another department, log or epoch.
    package func open(
        with department: Curve25519.KeyAgreement.PrivateKey, verifiedBy hub: Curve25519.Signing.PublicKey,
        scope: FeedScope
    ) throws(FeedWireError) -> FeedKey {
        let info = Self.info(keyID: keyID, scope: scope)
        guard hub.isValidSignature(signature, for: info + encapsulated + wrapped) else {
            throw .notAuthentic("key block signature")
        }
        do {
            var recipient = try HPKE.Recipient(
                privateKey: department, ciphersuite: Self.suite, info: info, encapsulatedKey: encapsulated)
            return FeedKey(id: keyID, key: SymmetricKey(data: try recipient.open(wrapped)))
        } catch {
            throw .notAuthentic("key block")
        }
    }

    static func info(keyID: Data, scope: FeedScope) -> Data {
        var writer = scope.prefix("onedoor/feed-key/1")
        writer.append(keyID)
        return writer.data
    }
}
