import CaseDesk
import CaseViews
import Casework
import Crypto
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import RuleBook
import Testing

/// What departments get, and what they send, sealed from end to end.
@Suite struct FeedDeskTests {
    private let signing = Curve25519.Signing.PrivateKey()
    private let commandKey = Curve25519.KeyAgreement.PrivateKey()

    private func feedDesk(_ bench: DeskBench) -> FeedDesk {
        FeedDesk(desk: bench.desk, signing: signing, commandKey: commandKey)
    }

    private func scope(_ bench: DeskBench, _ department: DepartmentCode) -> FeedScope {
        FeedScope(logID: bench.desk.identity.logID, epoch: bench.desk.identity.epoch, department: department)
    }

    private func secrets(_ bench: DeskBench, _ department: DepartmentCode) throws -> DeskBench.DepartmentSecrets {
        try #require(bench.departments[department])
    }

    private func opened(_ bench: DeskBench, _ batch: FeedBatch, for department: DepartmentCode) throws -> [FeedEvent] {
        let scope = scope(bench, department)
        let key = try batch.keyBlock.open(
            with: secrets(bench, department).agreement, verifiedBy: signing.publicKey, scope: scope)
        return try batch.entries.map {
            try EventJSON.decode(FeedEvent.self, from: $0.open(with: key, scope: scope))
        }
    }

    private func command(
        _ bench: DeskBench, _ type: String, on referral: ReferralID, open: JSONValue = .object([:]),
        sealed: [CommandPayload.Part] = [], by department: DepartmentCode = DeskBench.jiaoyu, id: UniqueID? = nil,
        signedBy key: Curve25519.Signing.PrivateKey? = nil
    ) throws -> (command: SignedCommand, body: Data) {
        let scope = CommandScope(logID: bench.desk.identity.logID, department: department)
        let head = CommandHead(
            id: id ?? bench.newID(), type: type, subject: "referral/\(referral)", occurredAt: bench.clock.now(),
            actingPost: DeskBench.post("\(department)/aid"), externalReference: "教〔2023〕1")
        let signed = try SignedCommand(
            head, CommandPayload(open: open, sealed: sealed), salt: Data(repeating: 7, count: 16),
            signedBy: key ?? secrets(bench, department).signing, scope: scope)
        return (signed, try signed.seal(to: commandKey.publicKey, scope: scope))
    }

    private func read(
        _ answer: LinkAnswer, to id: UniqueID, _ bench: DeskBench, by department: DepartmentCode = DeskBench.jiaoyu
    ) throws -> CommandAnswer {
        guard case .sealed(let body) = answer else {
            Issue.record("no sealed answer but \(answer)")
            throw CancellationError()
        }
        return try CommandAnswer(
            body: body, commandID: id, department: secrets(bench, department).agreement,
            verifiedBy: signing.publicKey, scope: scope(bench, department))
    }

    // MARK: Entries

    @Test func `each department reads its own entries as they are rendered, and no other's`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let (_, referral) = try await bench.dispatchReferral(of: person)
        try await bench.perform(ReceiveReferral(), on: .referral(referral), by: bench.handler(of: DeskBench.jiaoyu))
        let feed = feedDesk(bench)
        let history = try await bench.desk.ruleBook.current().history
        let renderer = SliceRenderer(logID: bench.desk.identity.logID)
        for (department, names) in [
            (DeskBench.jiaoyu, ["ReferralDispatched", "ReferralReceived", "SliceReleased"]),
            (DeskBench.fulian, ["CoHandlerInvited"]),
        ] {
            let batch = try #require(try await feed.entries(for: department, after: 0, credit: 64))
            let events = try opened(bench, batch, for: department)
            #expect(events.compactMap { $0.name?.event } == names)
            for (entry, event) in zip(batch.entries, events) {
                let stored = try #require(try await bench.log.event(at: entry.position))
                let informed = try stored.disclosure.audience
                #expect(stored.leaf == entry.leaf && informed.contains(department))
                var values: [SlicePart: SliceValue] = [:]
                for part in try renderer.parts(of: stored, for: department, isLive: true) {
                    values[part] = .value(DeskBench.identity("张小力", nil))
                }
                let rendered = try renderer.render(
                    stored, for: department, isLive: true, feedSequence: entry.sequence,
                    rules: history.at(entry.position),
                    values: values)
                #expect(rendered == event)
            }
        }
        let batch = try #require(try await feed.entries(for: DeskBench.jiaoyu, after: 0, credit: 64))
        #expect(throws: FeedWireError.self) { try opened(bench, batch, for: DeskBench.fulian) }
        #expect(throws: FeedWireError.self) {
            try batch.keyBlock.open(
                with: secrets(bench, DeskBench.jiaoyu).agreement, verifiedBy: signing.publicKey,
                scope: scope(bench, DeskBench.fulian))
        }
        #expect(try await feed.entries(for: DeskBench.jijinhui, after: 0, credit: 64) == nil)
        #expect(try await feed.entries(for: DeskBench.jiaoyu, after: 3, credit: 64) == nil)
        #expect(try await feed.entries(for: DeskBench.jiaoyu, after: 1, credit: 1)?.entries.map(\.sequence) == [2])
    }

    @Test func `what was erased is told as erased`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let (_, referral) = try await bench.dispatchReferral(of: person)
        try await bench.perform(ReceiveReferral(), on: .referral(referral), by: bench.handler(of: DeskBench.jiaoyu))
        bench.keys.persons.erase(person)
        let batch = try #require(try await feedDesk(bench).entries(for: DeskBench.jiaoyu, after: 2, credit: 1))
        let part = try #require(try opened(bench, batch, for: DeskBench.jiaoyu).first?.data.parts.first)
        #expect(part.group == .identity && part.value == nil && part.erased == true)
    }

    @Test func `I-19: when its right to read has ended, a feed served again holds no part of the referral`()
        async throws
    {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let subject = Subject.referral(referral)
        let office = bench.handler(of: DeskBench.jiaoyu)
        try await bench.perform(ReceiveReferral(), on: subject, by: office)
        let feed = feedDesk(bench)
        func parts() async throws -> Int {
            let batch = try #require(try await feed.entries(for: DeskBench.jiaoyu, after: 0, credit: 64))
            return try opened(bench, batch, for: DeskBench.jiaoyu).reduce(0) { $0 + $1.data.parts.count }
        }
        #expect(try await parts() == 1)
        try await bench.perform(
            RequestCancellation(reason: .duplicate), on: subject, by: bench.principal(.dispatcher))
        #expect(try await parts() == 1, "it is still asked")
        try await bench.perform(ConfirmCancellation(), on: subject, by: office)
        #expect(try await parts() == 0)
        let batch = try #require(try await feed.entries(for: DeskBench.jiaoyu, after: 0, credit: 64))
        let names = try opened(bench, batch, for: DeskBench.jiaoyu).compactMap { $0.name?.event }
        #expect(names.contains("SliceReleased") && names.last == "DisclosureEnded", "what was told stays told")
    }

    @Test func `a feed key lasts one civil day and one department key`() async throws {
        let bench = try await DeskBench()
        _ = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let feed = feedDesk(bench)
        func keyID() async throws -> Data? {
            try await feed.entries(for: DeskBench.jiaoyu, after: 0, credit: 1)?.keyBlock.keyID
        }
        let first = try await keyID()
        bench.clock.advance(byMilliseconds: 14 * 3_600_000)
        #expect(try await keyID() == first)
        bench.clock.advance(byMilliseconds: 3_600_000)
        let nextDay = try await keyID()
        #expect(nextDay != first)
        let renewed = DeskBench.DepartmentSecrets(account: try secrets(bench, DeskBench.jiaoyu).account)
        try await bench.perform(
            RegisterDepartmentKeys(keys: bench.publicKeys(of: DeskBench.jiaoyu, renewed)),
            by: bench.principal(.operator))
        let batch = try #require(try await feed.entries(for: DeskBench.jiaoyu, after: 0, credit: 1))
        #expect(batch.keyBlock.keyID != nextDay)
        #expect(throws: FeedWireError.self) { try opened(bench, batch, for: DeskBench.jiaoyu) }
        _ = try batch.keyBlock.open(
            with: renewed.agreement, verifiedBy: signing.publicKey, scope: scope(bench, DeskBench.jiaoyu))
    }

    // MARK: Acknowledgements

    @Test func `acknowledgements are checked at once and written together`() async throws {
        let bench = try await DeskBench()
        _ = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let feed = feedDesk(bench)
        let entry = try #require(try await bench.log.feedHead(for: DeskBench.jiaoyu))
        let chain = entry.chain
        for reader in ["a", "b", "a", "a"] {
            #expect(
                try await feed.acknowledge(DeskBench.jiaoyu, consumer: reader, sequence: entry.sequence, chain: chain))
        }
        #expect(bench.log.recorded.isEmpty)
        bench.log.failRecords(.busy)
        await #expect(throws: DeskError.self) { try await feed.writeProgress() }
        bench.log.failRecords(nil)
        try await feed.writeProgress()
        try await feed.writeProgress()
        #expect(bench.log.recorded.map { $0.map(\.name) } == [["a", "b"]])
        #expect(try await bench.log.consumers().map(\.sequence) == [entry.sequence, entry.sequence])
        var forged = chain
        forged[0] ^= 1
        #expect(
            try await !feed.acknowledge(DeskBench.jiaoyu, consumer: "a", sequence: entry.sequence, chain: forged))
        #expect(
            try await !feed.acknowledge(DeskBench.jiaoyu, consumer: "a", sequence: entry.sequence + 1, chain: chain))
        #expect(try await !feed.acknowledge(DeskBench.fulian, consumer: "a", sequence: entry.sequence, chain: chain))
        try await feed.writeProgress()
        #expect(bench.log.recorded.count == 1)
    }

    // MARK: Commands

    @Test func `a department's command is signed in the event, and repeated it answers the same`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let (caseFile, referral) = try await bench.dispatchReferral(of: person)
        let feed = feedDesk(bench)
        let (signed, body) = try command(bench, "ReceiveReferral", on: referral)
        let answer = try read(await feed.carryOut(body, from: DeskBench.jiaoyu), to: signed.head.id, bench)
        let head = try await bench.position
        #expect(answer == .accepted(head))
        let first = try #require(try await bench.log.event(at: Position(head.number - 1)))
        let metadata = try first.metadata()
        let signature = try #require(metadata.signature)
        #expect(metadata.channel == "feed" && metadata.correlation == caseFile.unique)
        #expect(metadata.actor.department == DeskBench.jiaoyu && metadata.externalReference == "教〔2023〕1")
        #expect(try metadata.actor.account == secrets(bench, DeskBench.jiaoyu).account)
        try verify(signature, first, person, bench)
        // The second event of the append carries neither signature nor signed text.
        let second = try #require(try await bench.log.event(at: head))
        #expect(try second.metadata().signature == nil && second.sealed.isEmpty)
        let resealed = try command(bench, "ReceiveReferral", on: referral, id: signed.head.id).body
        for again in [body, resealed] {
            let repeated = try read(await feed.carryOut(again, from: DeskBench.jiaoyu), to: signed.head.id, bench)
            #expect(repeated == answer)
        }
        #expect(try await bench.position == head)
    }

    /// As an auditor would, from `FORMATS.md` §8 alone.
    private func verify(
        _ signature: EventMetadata.Signature, _ event: RecordedEvent, _ person: PersonReference, _ bench: DeskBench
    ) throws {
        let publicKey = try secrets(bench, DeskBench.jiaoyu).signing.publicKey
        let section = try #require(event.sealed.last)
        #expect(section.group == .signedCommand && section.person == person)
        #expect(try event.disclosure.groups.values.allSatisfy { !$0.contains { $0.group == .signedCommand } })
        let kept = try #require(try bench.keys.open(section, in: event.context(of: section)))
        let commitment = Data(
            HMAC<SHA256>.authenticationCode(for: kept.dropFirst(16), using: SymmetricKey(data: kept.prefix(16))))
        let head = try #require(Data(base64Encoded: signature.head))
        var signed = Data("onedoor/command/1".utf8)
        signed.append(contentsOf: bench.desk.identity.logID.bytes)
        signed.append(UInt8(6))
        signed.append(contentsOf: Array("jiaoyu".utf8))
        signed.append(contentsOf: Array(SHA256.hash(data: head)))
        signed.append(commitment)
        #expect(signature.commitment == HexBytes(commitment).description)
        #expect(signature.key == HexBytes(Data(SHA256.hash(data: publicKey.rawRepresentation).prefix(8))).description)
        let bytes = try #require(HexBytes(signature.sig)).bytes
        #expect(publicKey.isValidSignature(bytes, for: signed))
    }

    @Test func `a forged, misdirected or altered command is refused and nothing is appended`() async throws {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let feed = feedDesk(bench)
        let before = try await bench.position
        let forged = try command(bench, "ReceiveReferral", on: referral, signedBy: Curve25519.Signing.PrivateKey()).body
        #expect(await feed.carryOut(forged, from: DeskBench.jiaoyu) == .refused(.malformed))
        let good = try command(bench, "ReceiveReferral", on: referral).body
        #expect(await feed.carryOut(good, from: DeskBench.fulian) == .refused(.malformed))
        #expect(await feed.carryOut(good, from: DeskBench.code("gongan")) == .refused(.feed))
        for index in [0, 40, good.count - 1] {
            var altered = good
            altered[index] ^= 1
            #expect(await feed.carryOut(altered, from: DeskBench.jiaoyu) == .refused(.malformed))
        }
        #expect(await feed.carryOut(Data(), from: DeskBench.jiaoyu) == .refused(.malformed))
        #expect(try await bench.position == before)
    }

    @Test func `a department without a relay account sends no commands`() async throws {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        var keys = try bench.publicKeys(of: DeskBench.jiaoyu, secrets(bench, DeskBench.jiaoyu))
        keys.account = nil
        try await bench.perform(RegisterDepartmentKeys(keys: keys), by: bench.principal(.operator))
        let receive = try command(bench, "ReceiveReferral", on: referral)
        let answer = try read(
            await feedDesk(bench).carryOut(receive.body, from: DeskBench.jiaoyu), to: receive.command.head.id, bench)
        guard case .refused(let code, _, _) = answer else {
            Issue.record("nobody acts for the department")
            return
        }
        #expect(code == "access.relay")
    }

    @Test func `a rule that says no is told sealed, and a busy log asks for another try`() async throws {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let feed = feedDesk(bench)
        let before = try await bench.position
        let start = try command(bench, "StartHandling", on: referral)
        guard
            case .refused(let code, _, let remedy) = try read(
                await feed.carryOut(start.body, from: DeskBench.jiaoyu), to: start.command.head.id, bench)
        else {
            Issue.record("a referral is handled after it was accepted")
            return
        }
        #expect(code.hasPrefix("referral.") && !remedy.isEmpty)
        let receive = try command(bench, "ReceiveReferral", on: referral)
        for failure in [EventLogError.Code.busy, .full, .closed] {
            bench.log.failAppends([failure])
            guard case .busy(let pause) = await feed.carryOut(receive.body, from: DeskBench.jiaoyu) else {
                Issue.record("\(failure) is no answer")
                return
            }
            #expect(pause > 0)
        }
        #expect(try await bench.position == before)
        let answer = try read(
            await feed.carryOut(receive.body, from: DeskBench.jiaoyu), to: receive.command.head.id, bench)
        let head = try await bench.position
        #expect(answer == .accepted(head))
    }
}
