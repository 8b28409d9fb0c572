import Crypto
import EventSourcing
import FeedProtocol
import Foundation
import Glibc
import MerkleLog
import Testing
import ZeroMQTransport

@testable import DepartmentFeed

/// Serve as the feed process sees it: the other end of the link, with departments, keys and sealed entries of its own.
final class ServeStub {
    struct Member {
        let code: DepartmentCode
        let curve: CurveKeyPair
        let agreement = Curve25519.KeyAgreement.PrivateKey()
    }

    let scopeIDs: (log: UniqueID, epoch: UniqueID)
    let signing = Curve25519.Signing.PrivateKey()
    let serverKeys: CurveKeyPair
    let secretPath: String
    /// The feed process's end of the link.
    let feedEnd: Int32
    private let link: Int32
    private var decoder = LinkFrameDecoder()
    private(set) var isClosed = false
    private(set) var members: [DepartmentCode: Member] = [:]
    private var keys: [DepartmentCode: (key: FeedKey, block: KeyBlock)] = [:]
    private(set) var entries: [DepartmentCode: [SealedEntry]] = [:]
    private(set) var chains: [DepartmentCode: [Data]] = [:]
    private(set) var ready: LinkReady?
    private(set) var readyCount = 0
    private(set) var acknowledgements: [LinkAcknowledge] = []
    private(set) var commands: [LinkCommand] = []
    /// What a command is answered with.
    var answer = LinkAnswer.busy(retryMilliseconds: 250)

    init(_ codes: [String]) throws {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        link = ends[0]
        feedEnd = ends[1]
        _ = fcntl(link, F_SETFL, fcntl(link, F_GETFL) | O_NONBLOCK)
        let folder = FileManager.default.temporaryDirectory.appending(path: "feed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        secretPath = folder.appending(path: "feed.curve").path
        serverKeys = try FeedSecret.make(at: secretPath)
        scopeIDs = (try #require(UniqueID(bytes: 0..<16)), try #require(UniqueID(bytes: 0x40..<0x50)))
        for code in codes { try enrol(code) }
    }

    deinit {
        closeLink()
        try? FileManager.default.removeItem(atPath: (secretPath as NSString).deletingLastPathComponent)
    }

    func enrol(_ name: String) throws {
        let code = try #require(DepartmentCode(name))
        let member = Member(code: code, curve: try CurveKeyPair())
        let key = FeedKey(id: Data(8 * 10..<8 * 11), key: SymmetricKey(size: .bits256))
        let block = try KeyBlock(
            wrapping: key, for: member.agreement.publicKey, signedBy: signing, scope: scope(code))
        members[code] = member
        keys[code] = (key, block)
        entries[code] = []
        chains[code] = [FeedChain.start(logID: scopeIDs.log.bytes, department: name)]
    }

    func remove(_ code: DepartmentCode) { members[code] = nil }

    func scope(_ code: DepartmentCode) -> FeedScope {
        FeedScope(logID: scopeIDs.log, epoch: scopeIDs.epoch, department: code)
    }

    /// Records an event that only one department learns.
    func append(_ text: String, for code: DepartmentCode) throws {
        let sequence = UInt64(entries[code]?.count ?? 0) + 1
        let leaf = Data(SHA256.hash(data: Data(text.utf8)))
        let key = try #require(keys[code]?.key)
        entries[code]?.append(
            try SealedEntry(
                sealing: Data(text.utf8), sequence: sequence, position: Position(sequence), leaf: leaf,
                nonce: AES.GCM.Nonce(), key: key, scope: scope(code)))
        let previous = try #require(chains[code]?.last)
        chains[code]?.append(FeedChain.next(after: previous, sequence: sequence, leaf: leaf))
    }

    // MARK: Link

    func config(controlPort: UInt16 = 0, version: Int = LinkConfig.version) -> LinkConfig {
        LinkConfig(
            version: version, logId: scopeIDs.log, epoch: scopeIDs.epoch, demo: true, bindAddress: "127.0.0.1",
            announcedHost: "127.0.0.1", controlPort: controlPort,
            departments: members.values.sorted { $0.code < $1.code }.map {
                .init(
                    code: $0.code, curveKeys: [HexBytes($0.curve.publicKey)], port: 0,
                    headSeq: UInt64(entries[$0.code]?.count ?? 0))
            }, headPosition: Position(9), civilTime: Instant(milliseconds: 1_692_061_200_000))
    }

    func send(_ frame: LinkFrame) {
        var bytes = frame.bytes
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { Glibc.send(link, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else {
                guard sent < 0, errno == EAGAIN else { return }
                continue
            }
            bytes = Data(bytes.dropFirst(sent))
        }
    }

    func ring() {
        let heads = entries.mapValues { UInt64($0.count) }
        send(
            LinkFrame(
                .doorbell,
                json: LinkDoorbell(
                    headPosition: Position(9), civilTime: Instant(milliseconds: 1_692_061_200_000), heads: heads)))
    }

    func closeLink() {
        guard !isClosed else { return }
        isClosed = true
        close(link)
    }

    /// Reads and answers what feed asks.
    func answerWaiting() throws {
        guard !isClosed else { return }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(link, &buffer, buffer.count)
            guard count > 0 else { break }
            decoder.append(buffer[..<count])
        }
        while let frame = try decoder.next() { try answer(frame) }
    }

    private func answer(_ frame: LinkFrame) throws {
        switch frame.kind {
        case .ready:
            ready = try ControlJSON.decode(LinkReady.self, from: frame.body)
            readyCount += 1
        case .want:
            let want = try ControlJSON.decode(LinkWant.self, from: frame.body)
            let all = (entries[want.feed] ?? []).dropFirst(Int(want.after)).prefix(want.credit)
            let fitting = Array(all.prefix(FeedBatch.prefixCount(of: Array(all))))
            let body = fitting.isEmpty ? Data() : try batch(fitting, of: want.feed).joined
            send(LinkFrame(.entries, correlation: frame.correlation, body: body))
        case .acknowledge:
            let body = try ControlJSON.decode(LinkAcknowledge.self, from: frame.body)
            acknowledgements.append(body)
            let chain = chains[body.feed].flatMap { $0.indices.contains(Int(body.seq)) ? $0[Int(body.seq)] : nil }
            let answer: LinkAnswer = chain == body.chain.bytes ? .acknowledged : .refused(.forked)
            send(LinkFrame(.answer, correlation: frame.correlation, body: answer.bytes))
        case .command:
            commands.append(try LinkCommand(bytes: frame.body))
            send(LinkFrame(.answer, correlation: frame.correlation, body: answer.bytes))
        case .config, .entries, .doorbell, .answer, .stop:
            Issue.record("feed sent \(frame.kind)")
        }
    }

    private func batch(_ entries: [SealedEntry], of code: DepartmentCode) throws -> FeedBatch {
        let header = FeedHeader(
            kind: .entries, isDemo: true, count: 0, firstSequence: 0, lastSequence: 0,
            headSequence: UInt64(self.entries[code]?.count ?? 0), headPosition: Position(9),
            civilTime: Instant(milliseconds: 1_692_061_200_000), epoch: scopeIDs.epoch)
        return try FeedBatch(header: header, keyBlock: #require(keys[code]?.block), entries: entries)
    }
}
