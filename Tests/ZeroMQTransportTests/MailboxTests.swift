import FoundationEssentials
import Testing
import ZeroMQTransport

@Suite(.timeLimit(.minutes(5))) struct MailboxTests {
    @Test func `a full mailbox refuses and loses nothing it took`() throws {
        let mailbox = try Mailbox<Int>(capacity: 2)
        #expect(mailbox.put(1))
        #expect(mailbox.put(2))
        #expect(!mailbox.put(3))
        #expect(mailbox.take() == [1, 2])
        #expect(mailbox.take().isEmpty)
    }

    @Test func `putting in wakes the loop`() async throws {
        let mailbox = try Mailbox<Int>(capacity: 8)
        async let heard: [Int] = DedicatedThread.run(named: "loop") {
            let poller = ZeroMQPoller()
            let ready = try? poller.wait(
                [.descriptor(mailbox.descriptor, alsoWritable: false)], milliseconds: 10_000)
            return ready?.first?.contains(.readable) == true ? mailbox.take() : []
        }
        #expect(mailbox.put(7))
        #expect(try await heard == [7])
    }

    @Test func `keys survive their spelling`() throws {
        let pair = try CurveKeyPair()
        let text = try #require(Z85.encode(pair.publicKey))
        #expect(text.utf8.count == 40)
        #expect(Z85.decode(text) == pair.publicKey)
        #expect(try CurveKeyPair(secretKey: pair.secretKey).publicKey == pair.publicKey)
        #expect(throws: ZeroMQError.self) { _ = try CurveKeyPair(secretKey: Data(count: 31)) }
        #expect(Z85.decode("abc") == nil)
    }
}
