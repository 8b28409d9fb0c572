import Crypto
package import EventSourcing
package import FoundationEssentials
import GRDB
import NIOConcurrencyHelpers

extension KeyStore: PersonalDataKeys {
    package func seal(_ plaintext: Data, in context: SealedSectionContext) throws(PersonalDataKeysError)
        -> SealedSection
    {
        guard let key = try key(of: context.person) else { throw .unknownPerson(context.person) }
        do {
            let box = try AES.GCM.seal(
                plaintext, using: key, nonce: try synthetic?.nonce(of: context) ?? AES.GCM.Nonce(),
                authenticating: additionalData(context))
            let nonce = box.nonce.withUnsafeBytes { Data($0) }
            let ciphertext = box.ciphertext + box.tag
            return SealedSection(
                section: context.section, group: context.group, person: context.person,
                digest: Data(SHA256.hash(data: nonce + ciphertext)), nonce: nonce, ciphertext: ciphertext)
        } catch {
            throw .unavailable("AES-GCM")
        }
    }

    package func open(_ section: SealedSection, in context: SealedSectionContext) throws(PersonalDataKeysError)
        -> Data?
    {
        guard let nonce = section.nonce, let ciphertext = section.ciphertext else { return nil }
        guard let key = try key(of: context.person) else { return nil }
        guard nonce.count == 12, ciphertext.count >= 16, let box = try? AES.GCM.SealedBox(combined: nonce + ciphertext),
            let plaintext = try? AES.GCM.open(box, using: key, authenticating: additionalData(context))
        else { throw .notAuthentic }
        return plaintext
    }

    /// A person's key, or nothing once erased.
    private func key(of person: PersonReference) throws(PersonalDataKeysError) -> SymmetricKey? {
        if let cached = personKeys.withLockedValue({ $0.key(of: person) }) { return cached }
        let stored = Data(person.unique.bytes)
        let found: (key: SymmetricKey?, wrapped: Bool, erased: Bool)
        do {
            found = try inTransaction { database in
                let wrapped = try Data.fetchOne(
                    database, sql: "SELECT wrapped FROM person_key WHERE person = ?", arguments: [stored])
                let key = wrapped.flatMap { wrapping.unwrap($0, of: .person(person)) }
                // Inside the transaction, so that no erasure can come between and leave the key in memory.
                if let key { personKeys.withLockedValue { $0.insert(key, of: person) } }
                return (key, wrapped != nil, try Self.holds(stored, in: "erased_person", database))
            }
        } catch {
            throw .unavailable(String(describing: error))
        }
        if let key = found.key { return key }
        if found.wrapped { throw .notAuthentic }
        if found.erased { return nil }
        throw .unknownPerson(person)
    }

    private func additionalData(_ context: SealedSectionContext) -> Data {
        var data = Data("onedoor/sealed/1".utf8)
        data.append(contentsOf: logID.bytes)
        data.append(contentsOf: context.eventID.bytes)
        data.append(context.section)
        data.append(UInt8(context.eventType.utf8.count))
        data.append(contentsOf: context.eventType.utf8)
        data.append(UInt8(context.schemaVersion >> 8))
        data.append(UInt8(context.schemaVersion & 0xff))
        data.append(UInt8(context.group.rawValue.utf8.count))
        data.append(contentsOf: context.group.rawValue.utf8)
        data.append(contentsOf: context.person.unique.bytes)
        return data
    }
}
