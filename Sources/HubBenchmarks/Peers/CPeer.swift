import CLogPeer
import EventSourcing
import FoundationEssentials

/// The same shape in plain C: a log with our tables, leaf, tree, feeds and conditions, in one thread on SQLite.
///
/// It shows what is left to win on this disk in these minutes. An actor, since its log is used by one thread at a time;
/// its calls block, and nothing else works while it is measured.
actor CPeer {
    /// Why it cannot be used.
    struct Unavailable: Error {
        let reason: String
    }

    private var peer: OpaquePointer?

    /// Opens or makes its log.
    init(path: String, shape: BenchShape, samples: [NewEvent]) throws(Unavailable) {
        var reason = [CChar](repeating: 0, count: 256)
        guard clogpeer_load_hash(&reason, reason.count) == 0 else { throw Unavailable(reason: Self.text(reason)) }
        var peerShape = clogpeer_shape(
            seed: shape.seed, active_cases: UInt32(clamping: shape.activeCases),
            events_a_case: UInt32(clamping: shape.eventsInCase), persons: UInt32(clamping: shape.persons),
            departments: UInt32(clamping: shape.departments), towns: UInt32(clamping: shape.towns),
            second_department_percent: UInt32(clamping: shape.secondDepartmentPercent), flush_events: 16_384,
            checkpoint_frames: 65_536)
        // The samples live until the call returns: the peer copies them.
        let texts = samples.map { (Array($0.type.utf8CString), Array($0.meta), Array($0.data)) }
        let buffers = texts.map { text in
            (
                UnsafeMutableBufferPointer<CChar>.copy(of: text.0), UnsafeMutableBufferPointer<UInt8>.copy(of: text.1),
                UnsafeMutableBufferPointer<UInt8>.copy(of: text.2)
            )
        }
        defer {
            for buffer in buffers {
                buffer.0.deallocate()
                buffer.1.deallocate()
                buffer.2.deallocate()
            }
        }
        let peerSamples = buffers.map { buffer in
            clogpeer_sample(
                type: buffer.0.baseAddress, meta: buffer.1.baseAddress, meta_length: buffer.1.count,
                data: buffer.2.baseAddress, data_length: buffer.2.count)
        }
        peer = clogpeer_open(path, &peerShape, peerSamples, peerSamples.count, &reason, reason.count)
        if peer == nil { throw Unavailable(reason: Self.text(reason)) }
    }

    /// The last position.
    var head: UInt64 { peer.map { clogpeer_head($0) } ?? 0 }

    /// Commits groups for a while, or until so many events are written.
    ///
    /// - Returns: Events, seconds, and how long each group took.
    func run(requests: Int, eventsInRequest: Int, seconds: Double, events: Int = 0) throws(Unavailable)
        -> ProducerTotals
    {
        guard let peer else { throw Unavailable(reason: "it is closed") }
        var reason = [CChar](repeating: 0, count: 256)
        var result = clogpeer_run_result()
        var totals = ProducerTotals()
        let code = withUnsafeMutablePointer(to: &totals.latency) { histogram in
            clogpeer_run(
                peer, UInt32(clamping: requests), UInt32(clamping: eventsInRequest), seconds, UInt64(clamping: events),
                { context, nanoseconds in
                    context?.assumingMemoryBound(to: LatencyHistogram.self).pointee.record(nanoseconds)
                }, histogram, &result, &reason, reason.count)
        }
        guard code == 0 else { throw Unavailable(reason: Self.text(reason)) }
        totals.events = Int(clamping: result.events)
        totals.appends = Int(clamping: result.commits) * requests
        totals.conflicts = Int(clamping: result.conflicts)
        totals.elapsed = Double(result.elapsed_ns) / 1_000_000_000
        return totals
    }

    /// Whether its rows and its root are what it wrote.
    func check() -> BenchReport.Check {
        guard let peer else { return .init("peer", "对照程序的日志完整", false, "it is closed") }
        var reason = [CChar](repeating: 0, count: 256)
        var result = clogpeer_check_result()
        guard clogpeer_check(peer, &result, &reason, reason.count) == 0 else {
            return .init("peer", "对照程序的日志完整", false, Self.text(reason))
        }
        return .init(
            "peer", "对照程序的日志完整", result.whole == 1 && result.head == result.rows,
            "head \(result.head), \(result.rows) rows, root \(result.whole == 1 ? "holds" : "does not hold")")
    }

    func close() {
        clogpeer_close(peer)
        peer = nil
    }

    private static func text(_ reason: [CChar]) -> String {
        String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension UnsafeMutableBufferPointer {
    /// Memory of its own with these elements; the caller gives it back.
    fileprivate static func copy(of elements: [Element]) -> Self {
        let buffer = Self.allocate(capacity: elements.count + 1)
        _ = buffer.initialize(from: elements)
        return Self(rebasing: buffer[..<elements.count])
    }
}
