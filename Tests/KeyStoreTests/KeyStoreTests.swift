import Crypto
import EventSourcing
import Foundation
import GRDB
import HubTesting
import KeyStore
import Testing

@Suite struct KeyStoreTests {
    private let folder: TemporaryFolder
    private let logID: UniqueID
    private let otherLog: UniqueID
    private let person: PersonReference
    private let another: PersonReference

    // From the annex of GB 11643; nobody's.
    private let number = "11010519491231002X"

    init() throws {
        var generator = SeededGenerator(seed: 7)
        folder = try TemporaryFolder()
        logID = generator.uniqueID()
        otherLog = generator.uniqueID()
        person = generator.id()
        another = generator.id()
    }

    private func context(_ person: PersonReference, section: UInt8 = 1) -> SealedSectionContext {
        SealedSectionContext(
            eventID: otherLog, section: section, eventType: "PersonRegistered", schemaVersion: 1, group: .identity,
            person: person)
    }

    // MARK: Opening

    @Test func `keys survive being closed and opened`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: number, name: "张某", proposed: person)
        let sealed = try store.seal(Data("secret".utf8), in: context(person))
        let fingerprint = store.fingerprint(commandType: "A", subject: "", body: Data())
        let signing = store.hubSigningKey.rawRepresentation
        let command = store.hubCommandKey.rawRepresentation
        try store.close()
        let again = try KeyStore.open(in: folder.path, logID: logID)
        #expect(try again.open(sealed, in: context(person)) == Data("secret".utf8))
        #expect(again.fingerprint(commandType: "A", subject: "", body: Data()) == fingerprint)
        #expect(again.hubSigningKey.rawRepresentation == signing)
        #expect(again.hubCommandKey.rawRepresentation == command)
        #expect(try again.personReference(forIdentityNumber: number) == person)
    }

    @Test func `only the owner may read the files`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        #expect(try folder.mode(of: "secrets/deployment.key") == 0o600)
        #expect(try folder.mode(of: "secrets") == 0o700)
        for name in ["keys.sqlite", "keys.sqlite-wal"] { #expect(try folder.mode(of: name) == 0o600) }
        try store.close()
    }

    @Test(arguments: ["keys.sqlite", "secrets/deployment.key"])
    func `a file that others may read is refused`(name: String) throws {
        try KeyStore.create(in: folder.path, logID: logID).close()
        try folder.setMode(0o640, of: name)
        #expect(throws: KeyStoreError(.loosePermissions("\(folder.path)/\(name)"))) {
            try KeyStore.open(in: folder.path, logID: logID)
        }
    }

    @Test func `creating overwrites nothing`() throws {
        try KeyStore.create(in: folder.path, logID: logID).close()
        #expect(throws: KeyStoreError(.alreadyExists("\(folder.path)/keys.sqlite"))) {
            try KeyStore.create(in: folder.path, logID: logID)
        }
    }

    @Test func `another log's keys are refused`() throws {
        try KeyStore.create(in: folder.path, logID: logID).close()
        #expect(throws: KeyStoreError(.foreignLog(expected: otherLog, found: logID))) {
            try KeyStore.open(in: folder.path, logID: otherLog)
        }
    }

    @Test func `a wrong deployment key is refused`() throws {
        try KeyStore.create(in: folder.path, logID: logID).close()
        let path = folder.path + "/secrets/deployment.key"
        try FileManager.default.removeItem(atPath: path)
        try DeploymentKey.random().write(to: path)
        #expect(throws: KeyStoreError(.wrongDeploymentKey)) { try KeyStore.open(in: folder.path, logID: logID) }
    }

    @Test func `keys under a log id forged into the file do not open`() throws {
        try KeyStore.create(in: folder.path, logID: logID).close()
        try alter("UPDATE key_meta SET log_id = ?", [Data(otherLog.bytes)])
        #expect(throws: KeyStoreError(.wrongDeploymentKey)) { try KeyStore.open(in: folder.path, logID: otherLog) }
    }

    @Test func `a newer format is refused`() throws {
        try KeyStore.create(in: folder.path, logID: logID).close()
        try alter("UPDATE key_meta SET format = ?", [2])
        #expect(throws: KeyStoreError(.newerFormat(2))) { try KeyStore.open(in: folder.path, logID: logID) }
    }

    @Test func `a swapped hub key is found`() throws {
        try KeyStore.create(in: folder.path, logID: logID).close()
        try alter(
            "UPDATE hub_key SET wrapped = (SELECT wrapped FROM hub_key WHERE name = 'k_name') WHERE name = ?",
            ["hub_signing"])
        #expect(throws: KeyStoreError(.damaged("\(folder.path)/keys.sqlite"))) {
            try KeyStore.open(in: folder.path, logID: logID)
        }
    }

    @Test func `one process has the keys open`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        #expect(throws: KeyStoreError(.inUse("\(folder.path)/keys.sqlite"))) {
            try KeyStore.open(in: folder.path, logID: logID)
        }
        try store.close()
    }

    @Test func `a file that is no database is called damaged`() throws {
        try KeyStore.create(in: folder.path, logID: logID).close()
        let path = folder.path + "/keys.sqlite"
        try Data(repeating: 0x41, count: 8192).write(to: URL(fileURLWithPath: path))
        #expect(throws: KeyStoreError(.damaged(path))) { try KeyStore.open(in: folder.path, logID: logID) }
    }

    // MARK: Persons

    @Test func `one identity number is one person`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        let first = try store.admitPerson(identityNumber: number, name: "张某", proposed: person)
        let second = try store.admitPerson(identityNumber: number.lowercased(), name: "张某", proposed: another)
        #expect(first.person == person && first.isNew)
        #expect(second.person == person && !second.isNew)
        #expect(try store.personCount() == 1)
    }

    @Test func `many stations at once make one person`() async throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        let number = number
        let references = try await withThrowingTaskGroup(of: PersonReference.self) { group in
            for seed in 0..<16 {
                group.addTask {
                    var generator = SeededGenerator(seed: UInt64(seed))
                    return try store.admitPerson(identityNumber: number, name: "张某", proposed: generator.id()).person
                }
            }
            return try await group.reduce(into: Set<PersonReference>()) { $0.insert($1) }
        }
        #expect(references.count == 1)
        #expect(try store.personCount() == 1)
    }

    @Test func `a person without papers can bring them later, but never another's`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        #expect(try store.admitPerson(identityNumber: nil, name: "张某", proposed: person).isNew)
        #expect(try !store.admitPerson(identityNumber: nil, name: "张某", proposed: person).isNew)
        #expect(try store.admitPerson(identityNumber: number, name: "张某", proposed: person).person == person)
        #expect(throws: KeyStoreError(.referenceTaken(person))) {
            try store.admitPerson(identityNumber: "110105194912310038", name: "李某", proposed: person)
        }
    }

    @Test func `a name is found by any two neighbouring characters`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: nil, name: "张小力", proposed: person)
        _ = try store.admitPerson(identityNumber: nil, name: "王小明", proposed: another)
        #expect(try store.persons(named: "张小", limit: 10) == [person])
        #expect(try store.persons(named: "小力", limit: 10) == [person])
        #expect(try store.persons(named: "张小力", limit: 10) == [person])
        #expect(try store.persons(named: "小张", limit: 10).isEmpty)
    }

    @Test func `a person is found by the telephone number said last, and after an erasure by none`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: nil, name: "张小力", proposed: person)
        try store.indexPhones(["13900000001"], of: another)
        #expect(try store.persons(withPhone: "13900000001", limit: 10).isEmpty, "nobody without a key")
        try store.indexPhones(["13900000001"], of: person)
        #expect(try store.persons(withPhone: "13900000001", limit: 10) == [person])
        try store.indexPhones(["13900000002"], of: person)
        #expect(try store.persons(withPhone: "13900000001", limit: 10).isEmpty)
        try store.erase(person)
        #expect(try store.persons(withPhone: "13900000002", limit: 10).isEmpty)
    }

    @Test func `a common name costs its page alone: the plan seeks and sorts nothing`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        var generator = SeededGenerator(seed: 3)
        var people: [PersonReference] = []
        for _ in 0..<300 {
            people.append(try store.admitPerson(identityNumber: nil, name: "张小力", proposed: generator.id()).person)
        }
        _ = try store.admitPerson(identityNumber: nil, name: "张小", proposed: person)
        #expect(try store.persons(named: "张小力", limit: 20) == Array(people.sorted().prefix(20)))
        #expect(try store.persons(named: "张小力", limit: 400).count == 300)
        let plan = try store.planOfNameSearch("张小力")
        #expect(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "\(plan)")
    }

    @Test func `keys older than the log name the first person they lack`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: nil, name: "张某", proposed: person)
        try store.checkPersons(ofLog: [person])
        #expect(throws: KeyStoreError(.olderThanLog(another))) { try store.checkPersons(ofLog: [person, another]) }
        try store.checkPersons(ofLog: [person, another], erased: [another])
    }

    @Test func `an erased person cannot be read, found or admitted again under the reference`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: number, name: "张某", proposed: person)
        let sealed = try store.seal(Data("secret".utf8), in: context(person))
        try store.erase(person)
        try store.erase(person)
        #expect(try store.open(sealed, in: context(person)) == nil)
        #expect(try store.personReference(forIdentityNumber: number) == nil)
        #expect(try store.persons(named: "张某", limit: 10).isEmpty)
        #expect(throws: PersonalDataKeysError.unknownPerson(person)) {
            try store.seal(Data(), in: context(person))
        }
        #expect(throws: KeyStoreError(.erased(person))) {
            try store.admitPerson(identityNumber: nil, name: "张某", proposed: person)
        }
    }

    @Test func `no name, identity number, sealed text or token stands in any byte of any file`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: number, name: "张小力", proposed: person)
        _ = try store.seal(Data("secret".utf8), in: context(person))
        let token = try store.issueToken(
            for: AccountRecord(account: AccountID(otherLog), role: "station"), label: "canary label",
            at: PushedClock.danyangMorning)
        let bytes = try folder.everyByte()
        #expect(bytes.range(of: Data("canary label".utf8)) != nil, "the search does find what is there")
        for text in [number, "张小力", "张小", "小力", "secret", token, String(token.suffix(43))] {
            #expect(bytes.range(of: Data(text.utf8)) == nil)
        }
    }

    // MARK: Sealing

    @Test func `a sealed part opens only in its own place`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        for each in [person, another] { _ = try store.admitPerson(identityNumber: nil, name: "张某", proposed: each) }
        let sealed = try store.seal(Data("secret".utf8), in: context(person))
        #expect(try store.open(sealed, in: context(person)) == Data("secret".utf8))
        for elsewhere in [context(another), context(person, section: 2)] {
            #expect(throws: PersonalDataKeysError.notAuthentic) { try store.open(sealed, in: elsewhere) }
        }
    }

    @Test func `one altered bit anywhere is found`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: nil, name: "张某", proposed: person)
        let sealed = try store.seal(Data("secret".utf8), in: context(person))
        let ciphertext = try #require(sealed.ciphertext)
        for index in ciphertext.indices {
            var altered = ciphertext
            altered[index] ^= 1
            let section = SealedSection(
                section: 1, group: .identity, person: person, digest: sealed.digest, nonce: sealed.nonce,
                ciphertext: altered)
            #expect(throws: PersonalDataKeysError.notAuthentic) { try store.open(section, in: context(person)) }
        }
    }

    @Test func `equal text is sealed differently each time`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: nil, name: "张某", proposed: person)
        let sealed = try (0..<50).map { _ in try store.seal(Data("x".utf8), in: context(person)) }
        #expect(Set(sealed.map(\.nonce)).count == 50)
        #expect(Set(sealed.map(\.ciphertext)).count == 50)
    }

    @Test func `a person without a key is an error, erased ciphertext is not`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        #expect(throws: PersonalDataKeysError.unknownPerson(person)) { try store.seal(Data(), in: context(person)) }
        let gone = SealedSection(
            section: 1, group: .identity, person: person, digest: Data(repeating: 0, count: 32), nonce: nil,
            ciphertext: nil)
        #expect(try store.open(gone, in: context(person)) == nil)
    }

    @Test func `a wrapped key moved to another person does not open`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        for each in [person, another] { _ = try store.admitPerson(identityNumber: nil, name: "张某", proposed: each) }
        try store.close()
        try alter(
            "UPDATE person_key SET wrapped = (SELECT wrapped FROM person_key WHERE person <> ?)",
            [Data(person.unique.bytes)])
        let again = try KeyStore.open(in: folder.path, logID: logID)
        #expect(throws: PersonalDataKeysError.notAuthentic) { try again.seal(Data(), in: context(person)) }
    }

    @Test func `fingerprints differ by type, subject and body, and their borders`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        let prints = [("AB", "", ""), ("A", "B", ""), ("A", "", "B"), ("", "AB", ""), ("", "A", "B"), ("", "", "AB")]
            .map { store.fingerprint(commandType: $0.0, subject: $0.1, body: Data($0.2.utf8)) }
        #expect(Set(prints).count == prints.count)
        #expect(prints.allSatisfy { $0.count == 32 })
    }

    @Test func `a backup opens with the same deployment key`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: number, name: "张某", proposed: person)
        let copy = try TemporaryFolder()
        try store.backup(to: copy.path + "/keys.sqlite")
        try store.close()
        let restored = try KeyStore.open(
            in: copy.path, logID: logID, credential: folder.path + "/secrets/deployment.key")
        #expect(try restored.personReference(forIdentityNumber: number) == person)
    }

    private func alter(_ sql: String, _ arguments: StatementArguments) throws {
        let queue = try DatabaseQueue(path: folder.path + "/keys.sqlite")
        try queue.write { try $0.execute(sql: sql, arguments: arguments) }
        try queue.close()
    }
}
