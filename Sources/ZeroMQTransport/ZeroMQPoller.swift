import CZeroMQ

/// Waits for sockets and plain descriptors of one thread.
package struct ZeroMQPoller: ~Copyable {
    /// What one wait may watch; 4.3.4 mishandles longer lists.
    package static let limit = 16

    /// What to watch.
    package enum Source {
        case socket(ZeroMQSocket)
        case monitor(ZeroMQMonitor)
        case authentication(ZAPHandler)
        /// A plain file descriptor, watched for reading and, if asked, for writing.
        case descriptor(Int32, alsoWritable: Bool)
    }

    /// What can be done with it now.
    package struct Readiness: OptionSet, Sendable {
        package let rawValue: UInt8
        /// As `OptionSet` wants it.
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let readable = Readiness(rawValue: 1)
        package static let writable = Readiness(rawValue: 2)
        /// The descriptor is at its end or broken.
        package static let failed = Readiness(rawValue: 4)
    }

    package init() {}

    /// Waits until something is ready, or for so long.
    ///
    /// - Parameters:
    ///   - sources: At most ``limit``.
    ///   - milliseconds: 0 looks only; negative waits without end.
    /// - Returns: The readiness of each source, in their order; all empty when time ran out or a signal came.
    package func wait(_ sources: [Source], milliseconds: Int) throws(ZeroMQError) -> [Readiness] {
        precondition(sources.count <= Self.limit, "one wait watches at most 16 sources")
        var items = sources.map { source in
            var item = zmq_pollitem_t(socket: nil, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
            switch source {
            case .socket(let socket): item.socket = socket.handle
            case .monitor(let monitor): item.socket = monitor.socket.handle
            case .authentication(let handler): item.socket = handler.socket.handle
            case .descriptor(let descriptor, let alsoWritable):
                item.fd = descriptor
                item.events = Int16(ZMQ_POLLIN | ZMQ_POLLERR | (alsoWritable ? ZMQ_POLLOUT : 0))
            }
            return item
        }
        let ready = zmq_poll(&items, Int32(items.count), milliseconds)
        if ready < 0, zmq_errno() != EINTR { throw .last("poll") }
        return items.map { item in
            var readiness: Readiness = []
            guard ready > 0 else { return readiness }
            if item.revents & Int16(ZMQ_POLLIN) != 0 { readiness.insert(.readable) }
            if item.revents & Int16(ZMQ_POLLOUT) != 0 { readiness.insert(.writable) }
            if item.revents & Int16(ZMQ_POLLERR) != 0 { readiness.insert(.failed) }
            return readiness
        }
    }
}
