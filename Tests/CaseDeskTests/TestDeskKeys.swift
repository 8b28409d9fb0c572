import CaseDesk
import Crypto
import EventSourcing
import Foundation
import HubTesting
import NIOConcurrencyHelpers
import RuleBook

/// The key file as the desk sees it, in memory.
final class TestDeskKeys: DeskKeys {
    let persons: TestPersonalDataKeys
    private let byNumber = NIOLockedValueBox<[String: PersonReference]>([:])

    private let names = NIOLockedValueBox<[PersonReference: String]>([:])
    private let phones = NIOLockedValueBox<[PersonReference: [String]]>([:])

    init(logID: UniqueID) {
        persons = TestPersonalDataKeys(logID: logID, givesKeysToStrangers: false)
    }

    /// How many persons were given a key.
    var admitted: Int { byNumber.withLockedValue { $0.count } }

    func fingerprint(commandType: String, subject: String, body: Data) -> Data {
        Data(SHA256.hash(data: Data("\(commandType)\n\(subject)\n".utf8) + body))
    }

    func admitPerson(identity: JSONValue, proposed: PersonReference) throws(DeskError) -> PersonReference {
        guard let name = identity["name"]?.text, !name.isEmpty else {
            throw DeskError(
                .invalidValue, code: "person.name", field: "sealed.identity.value.name", chinese: "缺少姓名",
                english: "the name is missing", remedy: "填写 name / give name")
        }
        let number = identity["idNumber"]?.text ?? "nobody \(proposed)"
        let person = byNumber.withLockedValue { known in
            if let person = known[number] { return person }
            known[number] = proposed
            return proposed
        }
        names.withLockedValue { $0[person] = name }
        if person == proposed { persons.add(person) }
        return person
    }

    func authenticate(token: String) -> Principal? { nil }

    func person(identityNumber: String) throws(DeskError) -> PersonReference? {
        byNumber.withLockedValue { $0[identityNumber] }
    }

    func persons(named fragment: String, limit: Int) throws(DeskError) -> [PersonReference] {
        Array(names.withLockedValue { $0.filter { $0.value.contains(fragment) }.map(\.key) }.sorted().prefix(limit))
    }

    func persons(withPhone number: String, limit: Int) throws(DeskError) -> [PersonReference] {
        Array(phones.withLockedValue { $0.filter { $0.value.contains(number) }.map(\.key) }.sorted().prefix(limit))
    }

    func indexPhones(_ numbers: [String], of person: PersonReference) throws(DeskError) {
        phones.withLockedValue { $0[person] = numbers }
    }

    func seal(_ plaintext: Data, in context: SealedSectionContext) throws(PersonalDataKeysError) -> SealedSection {
        try persons.seal(plaintext, in: context)
    }

    func open(_ section: SealedSection, in context: SealedSectionContext) throws(PersonalDataKeysError) -> Data? {
        try persons.open(section, in: context)
    }
}
