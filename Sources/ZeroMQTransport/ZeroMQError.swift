import CZeroMQ

/// What libzmq or the system said when a socket could not do what it was told.
package struct ZeroMQError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The call that failed, with the endpoint or option it was about; never a key.
    package let operation: String
    /// `errno`, or libzmq's own number above it.
    package let code: Int32

    package init(_ operation: String, code: Int32) {
        self.operation = operation
        self.code = code
    }

    /// The last failure of this thread.
    static func last(_ operation: String) -> Self {
        Self(operation, code: zmq_errno())
    }

    package var isAddressInUse: Bool { code == EADDRINUSE }

    package var description: String {
        "\(operation): \(zmq_strerror(code).map { String(cString: $0) } ?? "error \(code)")"
    }
}
