import CZeroMQ

/// The libzmq context of one thread's sockets; it ends when the last of them has gone.
///
/// Not `Sendable`: a context and its sockets stay on the thread that made them.
package final class ZeroMQContext {
    let handle: UnsafeMutableRawPointer
    private var monitors = 0

    /// Makes a context with one I/O thread.
    ///
    /// - Throws: ``ZeroMQError`` when the system is out of descriptors, or libzmq was built without CURVE.
    package init() throws(ZeroMQError) {
        guard zmq_has("curve") == 1 else { throw ZeroMQError("libzmq without CURVE", code: ENOTSUP) }
        guard let handle = zmq_ctx_new() else { throw .last("make context") }
        self.handle = handle
    }

    deinit {
        // Every socket holds its context, so none is open any more and this does not wait.
        while zmq_ctx_term(handle) != 0, zmq_errno() == EINTR {}
    }

    func nextMonitorEndpoint() -> String {
        monitors += 1
        return "inproc://monitor.\(monitors)"
    }
}

@available(*, unavailable)
extension ZeroMQContext: Sendable {}
