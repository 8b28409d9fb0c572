package import CaseDesk
package import EventSourcing
package import FoundationEssentials
package import KeyStore
import Registry
package import RuleBook

/// The key store as the desk sees it.
package struct HubKeys: DeskKeys {
    package let store: KeyStore

    package init(_ store: KeyStore) {
        self.store = store
    }

    package func fingerprint(commandType: String, subject: String, body: Data) -> Data {
        store.fingerprint(commandType: commandType, subject: subject, body: body)
    }

    package func admitPerson(identity: JSONValue, proposed: PersonReference) throws(DeskError) -> PersonReference {
        guard let name = identity["name"]?.text, !name.isEmpty else {
            throw DeskError(.noName)
        }
        var number: String?
        if let text = identity["idNumber"]?.text {
            do throws(IdentityNumber.Malformation) {
                number = try IdentityNumber(text).characters
            } catch {
                throw DeskError(.badIDNumber, remedy: "\(error.sentence.chinese) / \(error.sentence.english)")
            }
        }
        do throws(KeyStoreError) {
            return try store.admitPerson(identityNumber: number, name: name, proposed: proposed).person
        } catch {
            throw DeskError(.keysUnavailable, remedy: "请系统管理员查看 / ask the operator: \(error.description)")
        }
    }

    package func person(identityNumber: String) throws(DeskError) -> PersonReference? {
        try usable { () throws(KeyStoreError) in try store.personReference(forIdentityNumber: identityNumber) }
    }

    package func persons(named fragment: String, limit: Int) throws(DeskError) -> [PersonReference] {
        try usable { () throws(KeyStoreError) in try store.persons(named: fragment, limit: limit) }
    }

    package func persons(withPhone number: String, limit: Int) throws(DeskError) -> [PersonReference] {
        try usable { () throws(KeyStoreError) in try store.persons(withPhone: number, limit: limit) }
    }

    package func indexPhones(_ numbers: [String], of person: PersonReference) throws(DeskError) {
        try usable { () throws(KeyStoreError) in try store.indexPhones(numbers, of: person) }
    }

    private func usable<Value>(_ body: () throws(KeyStoreError) -> Value) throws(DeskError) -> Value {
        do throws(KeyStoreError) {
            return try body()
        } catch {
            throw DeskError(.keysUnavailable, remedy: error.description)
        }
    }

    package func authenticate(token: String) -> Principal? {
        guard let record = store.authenticate(token), let role = Role(rawValue: record.role) else { return nil }
        return Principal(
            account: record.account, role: role, department: record.department, town: record.town, post: record.post)
    }

    package func seal(_ plaintext: Data, in context: SealedSectionContext) throws(PersonalDataKeysError)
        -> SealedSection
    {
        try store.seal(plaintext, in: context)
    }

    package func open(_ section: SealedSection, in context: SealedSectionContext) throws(PersonalDataKeysError) -> Data?
    {
        try store.open(section, in: context)
    }
}
