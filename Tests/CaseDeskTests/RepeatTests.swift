import CaseDesk
import Casework
import EventSourcing
import Foundation
import RuleBook
import Testing

/// A command takes effect once, however often it arrives.
@Suite struct RepeatTests {
    @Test func `a repeated command answers the same for ever and appends nothing`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let request = try bench.request(bench.application(of: person), by: bench.principal(.station))
        let first = try await bench.desk.perform(request)
        #expect(!first.repeated && first.created.map(\.kind) == ["case", "item"])
        let after = try await bench.position
        let reopened = bench.reopened()
        for desk in [bench.desk, reopened, reopened] {
            let again = try await desk.perform(request)
            #expect(again.repeated)
            #expect(again.position == first.position && again.events == first.events && again.created == first.created)
        }
        #expect(try await bench.position == after)
    }

    @Test func `the same id with another body or subject is refused`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let station = bench.principal(.station)
        let request = try bench.request(bench.application(of: person), by: station)
        _ = try await bench.desk.perform(request)
        let before = try await bench.position
        var other = bench.application(of: person)
        other.channel = .hotline
        let error = await bench.refusal(of: try bench.request(other, by: station, id: request.id))
        #expect(error?.kind == .otherBody && error?.code == "command.otherBody")
        let otherType = await bench.refusal(of: try bench.registration(by: station, id: request.id))
        #expect(otherType?.kind == .otherBody)
        #expect(try await bench.position == before)
    }

    @Test func `the same id by another account is another command`() async throws {
        let bench = try await DeskBench()
        let first = try bench.registration("张小力", number: "1", by: bench.principal(.station))
        let other = try bench.registration("李四", number: "2", by: bench.principal(.village), id: first.id)
        let one = try await bench.desk.perform(first)
        let two = try await bench.desk.perform(other)
        #expect(!one.repeated && !two.repeated)
        #expect(try one.person() != two.person())
    }

    @Test func `a refused command may succeed later with the same id`() async throws {
        let bench = try await DeskBench()
        let (caseFile, item) = try await bench.openCase(of: try await bench.registerPerson())
        let dispatch = try bench.request(
            DispatchReferral(order: ReferralOrder(items: [item])), on: .caseFile(caseFile),
            by: bench.principal(.dispatcher))
        let error = await bench.refusal(of: dispatch)
        #expect(error?.kind == .refused || error?.kind == .invalidValue)
        try await bench.perform(
            CompleteTriage(items: [ItemPath(item: item, path: .refer)]), on: .caseFile(caseFile),
            by: bench.principal(.dispatcher))
        let receipt = try await bench.desk.perform(dispatch)
        #expect(!receipt.repeated)
        _ = try receipt.only("referral")
    }

    @Test func `of one command sent twice at once both hear the same`() async throws {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let handler = bench.handler(of: DeskBench.jiaoyu)
        try await bench.perform(ReceiveReferral(), on: .referral(referral), by: handler)
        let before = try await bench.position
        let request = try bench.request(
            AcceptReferral(handlingPost: DeskBench.post("jiaoyu/aid"), nextPromise: DeskBench.day("2023-08-20")),
            on: .referral(referral), by: handler)
        let receipts = try await withThrowingTaskGroup(of: CommandReceipt.self) { group in
            for _ in 0..<16 { group.addTask { try await bench.desk.perform(request) } }
            var receipts: [CommandReceipt] = []
            for try await receipt in group { receipts.append(receipt) }
            return receipts
        }
        #expect(receipts.filter { !$0.repeated }.count == 1)
        #expect(Set(receipts.map(\.position)).count == 1)
        #expect(try await bench.position == before.next)
    }

    @Test func `a command that others block is told why unless a copy of it went through`() async throws {
        let bench = try await DeskBench()
        let (caseFile, item) = try await bench.openCase(of: try await bench.registerPerson())
        let request = try bench.request(
            CompleteTriage(items: [ItemPath(item: item, path: .refer)]), on: .caseFile(caseFile),
            by: bench.principal(.dispatcher))
        bench.log.failAppends(Array(repeating: .conflict, count: 5))
        #expect(await bench.refusal(of: request)?.kind == .conflict)
        #expect(try await !bench.desk.perform(request).repeated)
    }
}
