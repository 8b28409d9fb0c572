import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Testing

/// Control frames, link frames and the hand-over sheet.
@Suite struct ControlFormatTests {
    @Test(arguments: ControlVerb.allCases) func `every verb survives its frames`(verb: ControlVerb) throws {
        let message = ControlMessage(verb, request: 0x0102_0304_0506_0708, body: Data([1, 2]))
        #expect(message.frames[1] == Data(1...8))
        #expect(try ControlMessage(frames: message.frames) == message)
    }

    @Test(arguments: ["NACK", "PROOF", "CONSISTENCY", "COSIGN", "ERASED", "hello", ""])
    func `a reserved or unknown verb is refused`(verb: String) {
        #expect(throws: FeedWireError.malformed("verb")) {
            _ = try ControlMessage(frames: [Data(verb.utf8), Data(count: 8), Data()])
        }
    }

    @Test func `another number of frames or a short request number is refused`() {
        #expect(throws: FeedWireError.malformed("frames")) { _ = try ControlMessage(frames: [Data("PING".utf8)]) }
        #expect(throws: FeedWireError.malformed("request")) {
            _ = try ControlMessage(frames: [Data("PING".utf8), Data(count: 7), Data()])
        }
    }

    @Test func `absent values travel as null`() throws {
        let hello = HelloBody(
            feed: try #require(DepartmentCode("jiaoyu")), consumer: "adapter", epoch: nil, seq: 0, chain: nil)
        let bytes = ControlJSON.encode(hello)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"chain":null,"consumer":"adapter","epoch":null,"feed":"jiaoyu","seq":0,"versions":[1]}"#)
        #expect(try ControlJSON.decode(HelloBody.self, from: bytes) == hello)
        let replay = ReplayBody(from: 1, to: nil, credit: 256)
        #expect(String(decoding: ControlJSON.encode(replay), as: UTF8.self) == #"{"credit":256,"from":1,"to":null}"#)
    }

    @Test(arguments: [
        (#"{"n":1,"m":2}"#, "m"), (#"{"n":"1"}"#, "n"), (#"{}"#, "n"), (#"{"n":-1.5}"#, "n"), ("", "body"),
    ]) func `a body that is not the documented one names its field`(text: String, field: String) {
        do {
            _ = try ControlJSON.decode(CreditBody.self, from: Data(text.utf8))
            Issue.record("taken")
        } catch {
            guard case .malformed(let named) = error else { return }
            // A fraction is no JSON number of ours at all, so it may be reported for the body as a whole.
            #expect(named == field || named == "body")
        }
    }

    @Test func `hex is lower case and whole bytes`() {
        #expect(HexBytes("00ff")?.bytes == Data([0, 255]))
        #expect(HexBytes("00FF") == nil)
        #expect(HexBytes("0") == nil)
    }

    @Test func `a link frame is frozen and any cut of the stream gives the same frames`() throws {
        let fixture = try FeedFixture()
        let frame = LinkFrame(.want, correlation: 5, body: Data("{}".utf8))
        #expect(frame.bytes == (try fixture.vector("link")))
        var generator = SeededGenerator.printed()
        let frames = (0..<50).map { number in
            LinkFrame(
                LinkFrame.Kind.allCases.randomElement(using: &generator) ?? .stop, correlation: UInt64(number),
                body: generator.bytes(Int.random(in: 0...300, using: &generator)))
        }
        var stream = frames.reduce(into: Data()) { $0 += $1.bytes }
        var decoder = LinkFrameDecoder()
        var decoded: [LinkFrame] = []
        while !stream.isEmpty {
            let cut = min(stream.count, Int.random(in: 1...97, using: &generator))
            decoder.append(stream.prefix(cut))
            stream = Data(stream.dropFirst(cut))
            while let next = try decoder.next() { decoded.append(next) }
        }
        #expect(decoded == frames)
        #expect(decoder.pendingCount == 0)
    }

    @Test(arguments: [
        (Data([0x01, 0, 0, 1]), FeedWireError.tooLarge("link.length")),
        (Data([0, 0, 0, 8]), .malformed("link.length")),
        (Data([0, 0, 0, 9, 99, 0, 0, 0, 0, 0, 0, 0, 0]), .malformed("link.kind")),
    ]) func `a link stream that is not ours is refused`(bytes: Data, error: FeedWireError) {
        var decoder = LinkFrameDecoder()
        decoder.append(bytes)
        #expect(throws: error) { _ = try decoder.next() }
    }

    @Test(arguments: [
        LinkAnswer.sealed(Data([1, 2, 3])), .busy(retryMilliseconds: 500), .acknowledged, .refused(.forked),
    ]) func `an answer of serve survives its bytes`(answer: LinkAnswer) throws {
        #expect(try LinkAnswer(bytes: answer.bytes) == answer)
    }

    @Test func `a relayed command keeps its department`() throws {
        let command = LinkCommand(department: try #require(DepartmentCode("gongan")), body: Data([7, 8]))
        #expect(try LinkCommand(bytes: command.bytes) == command)
        #expect(throws: FeedWireError.self) { _ = try LinkCommand(bytes: Data([9, 1])) }
    }

    private func sheet() throws -> HandOverSheet {
        HandOverSheet(
            department: try #require(DepartmentCode("jiaoyu")), logID: try #require(UniqueID(bytes: 0..<16)),
            controlEndpoint: "tcp://hub.example:7400", serverKey: Data(repeating: 1, count: 32),
            signingKey: Data(repeating: 2, count: 32), commandKey: Data(repeating: 3, count: 32))
    }

    @Test func `a hand-over sheet reads back, notes and all`() throws {
        let sheet = try sheet()
        #expect(try HandOverSheet(text: sheet.text) == sheet)
        #expect(try HandOverSheet(text: "handed over to: Ms Li\n" + sheet.text + "\nroom: 4\n") == sheet)
        #expect(sheet.text.contains(sheet.checkGroup))
    }

    @Test func `a mistyped, missing or doubled line of a sheet is named`() throws {
        let text = try sheet().text
        func fault(_ text: String) -> String? {
            do {
                _ = try HandOverSheet(text: text)
                return nil
            } catch {
                return error.field
            }
        }
        #expect(fault(text.replacingOccurrences(of: "0101", with: "0111")) == "check")
        #expect(fault(text.replacingOccurrences(of: "0101", with: "01x1")) == "server-key")
        #expect(fault(text.replacingOccurrences(of: "jiaoyu", with: "gongan")) == "check")
        #expect(fault(text.replacingOccurrences(of: "tcp://", with: "http://")) == "control")
        #expect(fault(text + text) == "department")
        #expect(fault("") == "department")
    }
}
