import Crypto
import EventSourcing
import FoundationEssentials

/// Wraps 32-byte keys under the deployment key (`FORMATS.md` §4): AES-256-GCM, stored as nonce, ciphertext and tag.
struct KeyWrapping: Sendable {
    let deploymentKey: SymmetricKey
    let logID: UniqueID

    /// A key's place in the additional data; hub key names are never 16 bytes, so they cannot pass for a person.
    enum Owner {
        case person(PersonReference)
        case hub(HubKeyName)

        var bytes: [UInt8] {
            switch self {
            case .person(let person): person.unique.bytes
            case .hub(let name): Array(name.rawValue.utf8)
            }
        }
    }

    func wrap(_ key: SymmetricKey, for owner: Owner) throws -> Data {
        let box = try AES.GCM.seal(
            key.withUnsafeBytes { Data($0) }, using: deploymentKey, authenticating: additionalData(owner))
        return box.nonce.withUnsafeBytes { Data($0) } + box.ciphertext + box.tag
    }

    /// Nothing when altered, of another log or person, or under another deployment key.
    func unwrap(_ wrapped: Data, of owner: Owner) -> SymmetricKey? {
        guard wrapped.count == 60, let box = try? AES.GCM.SealedBox(combined: wrapped),
            let key = try? AES.GCM.open(box, using: deploymentKey, authenticating: additionalData(owner)),
            key.count == 32
        else { return nil }
        return SymmetricKey(data: key)
    }

    private func additionalData(_ owner: Owner) -> Data {
        Data("onedoor/key/1".utf8) + logID.bytes + owner.bytes
    }
}

/// The keys of the hub itself, one row each.
enum HubKeyName: String, CaseIterable {
    case identity = "k_identity"
    case name = "k_name"
    case request = "k_request"
    case token = "k_token"
    case signing = "hub_signing"
    case command = "hub_command"
}

/// The hub's keys, unwrapped.
struct HubKeys: Sendable {
    let identity: SymmetricKey
    let name: SymmetricKey
    let request: SymmetricKey
    let token: SymmetricKey
    let signing: Curve25519.Signing.PrivateKey
    let command: Curve25519.KeyAgreement.PrivateKey
}
