import EventSourcing
import Foundation
import HubTesting
import Testing

@testable import KeyStore

/// Keys that follow from a seed are for demo logs alone.
@Suite struct SyntheticKeysTests {
    private let clock = PushedClock()

    private func identifier(_ number: UInt64) -> UniqueID {
        UniqueID(versionSevenAt: clock.now(), random: (number, number))
    }

    private func identity(demo: Bool) -> LogIdentity {
        LogIdentity(logID: identifier(1), epoch: identifier(2), isDemo: demo)
    }

    @Test func `a real hub's log can have none`() {
        #expect(SyntheticKeys(seed: 1, of: identity(demo: false)) == nil)
    }

    @Test func `the same seed seals alike, another seed or section otherwise, and a store without one opens it`() throws
    {
        let folder = NSTemporaryDirectory() + "synthetic-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let log = identity(demo: true)
        try KeyStore.create(in: folder, logID: log.logID).close()
        let keys = try #require(SyntheticKeys(seed: 1, of: log))
        let person = PersonReference(identifier(3))
        let context = SealedSectionContext(
            eventID: identifier(4), section: 1, eventType: "PersonRegistered", schemaVersion: 1, group: .identity,
            person: person)
        let second = SealedSectionContext(
            eventID: identifier(4), section: 2, eventType: "PersonRegistered", schemaVersion: 1, group: .identity,
            person: person)
        let store = try KeyStore.open(in: folder, making: keys)
        _ = try store.admitPerson(identityNumber: nil, name: "赵测丁", proposed: person)
        let sealed = try store.seal(Data("名".utf8), in: context)
        #expect(try store.seal(Data("名".utf8), in: context) == sealed)
        #expect(try store.seal(Data("名".utf8), in: second).nonce != sealed.nonce)
        try store.close()
        let other = try #require(SyntheticKeys(seed: 2, of: log))
        #expect(other.key(of: person) != keys.key(of: person))
        let plain = try KeyStore.open(in: folder, logID: log.logID)
        #expect(try plain.open(sealed, in: context) == Data("名".utf8))
        #expect(try plain.seal(Data("名".utf8), in: context).nonce != sealed.nonce)
        try plain.close()
    }
}
