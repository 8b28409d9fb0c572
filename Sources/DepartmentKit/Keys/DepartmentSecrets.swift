package import Crypto
package import EventSourcing
import FoundationEssentials

/// The three secrets of a department: to connect, to open its slices, to sign its commands.
///
/// They are made on the department's own machine and never leave it; only the public halves are enrolled.
package struct DepartmentSecrets: Sendable {
    /// CURVE secret of the transport, 32 bytes; an X25519 key like any other.
    package let transport: Curve25519.KeyAgreement.PrivateKey
    /// X25519: the hub wraps feed keys to it.
    package let agreement: Curve25519.KeyAgreement.PrivateKey
    /// Ed25519: signs commands, and later cosigns checkpoints.
    package let signing: Curve25519.Signing.PrivateKey

    private enum Name: String {
        case transport = "transport.key"
        case agreement = "agreement.key"
        case signing = "signing.key"
    }

    /// Makes new keys in memory.
    package init() {
        transport = Curve25519.KeyAgreement.PrivateKey()
        agreement = Curve25519.KeyAgreement.PrivateKey()
        signing = Curve25519.Signing.PrivateKey()
    }

    /// Reads the keys of a folder.
    ///
    /// - Throws: ``AdapterFault`` naming the file: missing, readable by others, or not a key.
    package init(in folder: AdapterFolder) throws(AdapterFault) {
        let transport = try KeyFile.read(folder.keys + "/" + Name.transport.rawValue)
        let agreement = try KeyFile.read(folder.keys + "/" + Name.agreement.rawValue)
        let signing = try KeyFile.read(folder.keys + "/" + Name.signing.rawValue)
        do {
            self.transport = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: transport)
            self.agreement = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: agreement)
            self.signing = try Curve25519.Signing.PrivateKey(rawRepresentation: signing)
        } catch {
            throw AdapterFault(
                .configuration, code: "keys.malformed", field: folder.keys, chinese: "密钥内容不对",
                english: "a key file holds no usable key", remedy: "从备份恢复 / restore from your backup")
        }
    }

    /// Writes the keys into a folder for the first time, mode 0600 each.
    ///
    /// - Throws: ``AdapterFault``; existing keys are never replaced.
    package func store(in folder: AdapterFolder) throws(AdapterFault) {
        try KeyFile.create(folder.keys + "/" + Name.transport.rawValue, transport.rawRepresentation)
        try KeyFile.create(folder.keys + "/" + Name.agreement.rawValue, agreement.rawRepresentation)
        try KeyFile.create(folder.keys + "/" + Name.signing.rawValue, signing.rawRepresentation)
    }

    /// The public halves, to be enrolled at the hub.
    package func sheet(of department: DepartmentCode) -> EnrolmentSheet {
        EnrolmentSheet(
            department: department, transportKey: transport.publicKey.rawRepresentation,
            agreementKey: agreement.publicKey.rawRepresentation, signingKey: signing.publicKey.rawRepresentation)
    }
}
