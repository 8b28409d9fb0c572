import Crypto
package import EventSourcing
package import Foundation
import NIOConcurrencyHelpers

/// Person keys in memory, with the encryption of `FORMATS.md` §4; what a key store does without its file.
package final class TestPersonalDataKeys: PersonalDataKeys {
    private enum Key {
        case usable(SymmetricKey)
        case erased
    }

    private let logID: UniqueID
    private let keys: NIOLockedValueBox<[PersonReference: Key]>
    private let givesKeysToStrangers: Bool

    /// Starts without any person.
    ///
    /// - Parameter givesKeysToStrangers: Whether a person nobody added gets a key at the first seal, which spares most
    ///   tests the registration.
    package init(logID: UniqueID, givesKeysToStrangers: Bool = true) {
        self.logID = logID
        self.givesKeysToStrangers = givesKeysToStrangers
        keys = NIOLockedValueBox([:])
    }

    /// Gives a person a key.
    package func add(_ person: PersonReference) {
        keys.withLockedValue { $0[person] = .usable(SymmetricKey(size: .bits256)) }
    }

    /// Destroys a person's key: what was sealed for them stays closed for ever.
    package func erase(_ person: PersonReference) {
        keys.withLockedValue { $0[person] = .erased }
    }

    package func seal(_ plaintext: Data, in context: SealedSectionContext) throws(PersonalDataKeysError)
        -> SealedSection
    {
        let found = keys.withLockedValue { keys -> Key? in
            if keys[context.person] == nil, givesKeysToStrangers {
                keys[context.person] = .usable(SymmetricKey(size: .bits256))
            }
            return keys[context.person]
        }
        guard case .usable(let key) = found else { throw .unknownPerson(context.person) }
        do {
            let box = try AES.GCM.seal(plaintext, using: key, authenticating: additionalData(of: context))
            let nonce = Data(box.nonce)
            let ciphertext = box.ciphertext + box.tag
            return SealedSection(
                section: context.section, group: context.group, person: context.person,
                digest: Data(SHA256.hash(data: nonce + ciphertext)), nonce: nonce, ciphertext: ciphertext)
        } catch {
            throw .unavailable("AES-GCM failed")
        }
    }

    package func open(_ section: SealedSection, in context: SealedSectionContext) throws(PersonalDataKeysError)
        -> Data?
    {
        guard let nonce = section.nonce, let ciphertext = section.ciphertext else { return nil }
        switch keys.withLockedValue({ $0[context.person] }) {
        case nil: throw .unknownPerson(context.person)
        case .erased: return nil
        case .usable(let key):
            do {
                let box = try AES.GCM.SealedBox(
                    nonce: AES.GCM.Nonce(data: nonce), ciphertext: ciphertext.dropLast(16), tag: ciphertext.suffix(16))
                return try AES.GCM.open(box, using: key, authenticating: additionalData(of: context))
            } catch {
                throw .notAuthentic
            }
        }
    }

    /// "onedoor/sealed/1" ‖ log_id ‖ event_id ‖ u8 section ‖ lp8(type) ‖ u16 schema_version ‖ lp8(group) ‖ person.
    private func additionalData(of context: SealedSectionContext) -> Data {
        var bytes = Data("onedoor/sealed/1".utf8)
        bytes.append(contentsOf: logID.bytes)
        bytes.append(contentsOf: context.eventID.bytes)
        bytes.append(context.section)
        bytes.append(UInt8(context.eventType.utf8.count))
        bytes.append(contentsOf: context.eventType.utf8)
        bytes.append(UInt8(context.schemaVersion >> 8))
        bytes.append(UInt8(truncatingIfNeeded: context.schemaVersion))
        bytes.append(UInt8(context.group.rawValue.utf8.count))
        bytes.append(contentsOf: context.group.rawValue.utf8)
        bytes.append(contentsOf: context.person.unique.bytes)
        return bytes
    }
}
