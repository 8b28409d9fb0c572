import EventSourcing
import FeedProtocol
import NIOConcurrencyHelpers

/// Ports the feed took, kept so that a feed started again is where the departments look for it.
final class FeedPorts: Sendable {
    private struct State {
        var ready: LinkReady?
        var order: [DepartmentCode] = []
    }

    private let state = NIOLockedValueBox(State())

    /// What the running feed said; nothing until it is ready for the first time.
    var ready: LinkReady? { state.withLockedValue { $0.ready } }

    func keep(_ ready: LinkReady) {
        state.withLockedValue { $0.ready = ready }
    }

    func control(_ settings: FeedLinkSettings) -> UInt16 {
        if settings.controlPort != 0 { return settings.controlPort }
        return ready.flatMap { Self.port(of: $0.controlEndpoint) } ?? 0
    }

    func feed(of department: DepartmentCode, _ settings: FeedLinkSettings) -> UInt16 {
        state.withLockedValue { state in
            if let known = state.ready?.feedEndpoints[department.description] { return Self.port(of: known) ?? 0 }
            guard settings.firstFeedPort != 0 else { return 0 }
            if !state.order.contains(department) { state.order.append(department) }
            let place = state.order.firstIndex(of: department) ?? 0
            return settings.firstFeedPort &+ UInt16(clamping: place)
        }
    }

    private static func port(of endpoint: String) -> UInt16? {
        endpoint.split(separator: ":").last.flatMap { UInt16($0) }
    }
}
