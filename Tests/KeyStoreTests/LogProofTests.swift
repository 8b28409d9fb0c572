import EventSourcing
import Foundation
import GRDB
import HubTesting
import KeyStore
import Testing

/// How far a log was proven against the keys stands with the keys, so that a start need not read the whole log.
@Suite struct LogProofTests {
    private let folder: TemporaryFolder
    private let logID: UniqueID
    private let epoch: UniqueID
    private let otherEpoch: UniqueID
    private let persons: [PersonReference]

    init() throws {
        var generator = SeededGenerator(seed: 23)
        folder = try TemporaryFolder()
        logID = generator.uniqueID()
        epoch = generator.uniqueID()
        otherEpoch = generator.uniqueID()
        persons = (0..<4).map { _ in generator.id() }
    }

    private func store(knowing count: Int) throws -> KeyStore {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        for person in persons.prefix(count) {
            _ = try store.admitPerson(identityNumber: nil, name: "张某", proposed: person)
        }
        return store
    }

    @Test func `the proven place is remembered for its epoch alone`() throws {
        let store = try store(knowing: 3)
        #expect(try store.provenPosition(inEpoch: epoch) == .start)
        try store.prove(persons.prefix(3), upTo: Position(70), inEpoch: epoch)
        try store.close()
        let again = try KeyStore.open(in: folder.path, logID: logID)
        #expect(try again.provenPosition(inEpoch: epoch) == Position(70))
        #expect(try again.provenPosition(inEpoch: otherEpoch) == .start)
        try again.prove([], upTo: Position(3), inEpoch: otherEpoch)
        #expect(try again.provenPosition(inEpoch: otherEpoch) == Position(3))
        #expect(try again.provenPosition(inEpoch: epoch) == .start)
    }

    @Test func `a person without a key leaves the place where it was`() throws {
        let store = try store(knowing: 3)
        try store.prove(persons.prefix(3), upTo: Position(70), inEpoch: epoch)
        #expect(throws: KeyStoreError(.olderThanLog(persons[3]))) {
            try store.prove([persons[3]], upTo: Position(90), inEpoch: epoch)
        }
        #expect(try store.provenPosition(inEpoch: epoch) == Position(70))
    }

    @Test func `new and erased persons keep the proof, lost rows end it`() throws {
        let store = try store(knowing: 3)
        try store.prove(persons.prefix(3), upTo: Position(70), inEpoch: epoch)
        _ = try store.admitPerson(identityNumber: nil, name: "李某", proposed: persons[3])
        #expect(try store.provenPosition(inEpoch: epoch) == Position(70))
        try store.erase(persons[3])
        try store.erase(persons[0])
        #expect(try store.provenPosition(inEpoch: epoch) == Position(70))
        try store.close()
        try alter("DELETE FROM erased_person; DELETE FROM person_key")
        #expect(try KeyStore.open(in: folder.path, logID: logID).provenPosition(inEpoch: epoch) == .start)
    }

    @Test func `keys put back from an older copy bring their own older place`() throws {
        let store = try store(knowing: 2)
        try store.prove(persons.prefix(2), upTo: Position(20), inEpoch: epoch)
        let copy = try TemporaryFolder()
        try store.backup(to: copy.path + "/keys.sqlite")
        try store.prove([], upTo: Position(70), inEpoch: epoch)
        try store.close()
        let older = try KeyStore.open(in: copy.path, logID: logID, credential: folder.path + "/secrets/deployment.key")
        #expect(try older.provenPosition(inEpoch: epoch) == Position(20))
    }

    @Test func `keys of the first program open and are proven from the start`() throws {
        try store(knowing: 1).close()
        try alter("DROP TABLE log_proof")
        let store = try KeyStore.open(in: folder.path, logID: logID)
        #expect(try store.provenPosition(inEpoch: epoch) == .start)
        #expect(try store.personCount() == 1)
        try store.prove(persons.prefix(1), upTo: Position(5), inEpoch: epoch)
        #expect(try store.provenPosition(inEpoch: epoch) == Position(5))
    }

    // MARK: Copies

    @Test func `a copy tells whose it is and whom it knows without the deployment key`() throws {
        let store = try store(knowing: 3)
        try store.erase(persons[2])
        let copied = try TemporaryFolder()
        let path = copied.path + "/keys.sqlite"
        try store.backup(to: path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: copied.path) == ["keys.sqlite"])
        #expect(try copied.mode(of: "keys.sqlite") == 0o600)
        let copy = try KeyStoreCopy(path: path)
        #expect(copy.logID == logID)
        #expect(try copy.personCount() == 2)
        try copy.checkPages()
        try copy.checkPersons(ofLog: persons.prefix(3))
        #expect(throws: KeyStoreError(.olderThanLog(persons[3]))) { try copy.checkPersons(ofLog: persons) }
        try copy.checkPersons(ofLog: persons, erased: [persons[3]])
        try copy.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: copied.path) == ["keys.sqlite"])
    }

    @Test func `a backup overwrites nothing, and none is left where it cannot be made`() throws {
        let store = try store(knowing: 1)
        let path = folder.path + "/secrets/deployment.key"
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(throws: KeyStoreError(.alreadyExists(path))) { try store.backup(to: path) }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func `what is no copy of keys is called so`() throws {
        try store(knowing: 1).close()
        let path = folder.path + "/keys.sqlite"
        #expect(throws: KeyStoreError(.missingFile(path + "x"))) { try KeyStoreCopy(path: path + "x") }
        try alter("UPDATE key_meta SET format = 2")
        #expect(throws: KeyStoreError(.newerFormat(2))) { try KeyStoreCopy(path: path) }
        try Data(repeating: 0x41, count: 8192).write(to: URL(filePath: path))
        #expect(throws: KeyStoreError(.damaged(path))) { try KeyStoreCopy(path: path) }
    }

    private func alter(_ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.path + "/keys.sqlite")
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }
}
