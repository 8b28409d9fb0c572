import CSupport
import Glibc
import NIOConcurrencyHelpers

/// A bounded queue into a poll loop: any thread puts in, the loop's thread wakes up and takes out.
package final class Mailbox<Element: Sendable>: Sendable {
    private let waiting: NIOLockedValueBox<[Element]>
    private let capacity: Int
    /// Readable while something waits; for ``ZeroMQPoller``.
    package let descriptor: Int32

    /// Makes a mailbox.
    ///
    /// - Parameter capacity: How many may wait; more are refused.
    /// - Throws: ``ZeroMQError`` when the system is out of descriptors.
    package init(capacity: Int) throws(ZeroMQError) {
        let descriptor = csupport_eventfd()
        guard descriptor >= 0 else { throw ZeroMQError("make eventfd", code: errno) }
        self.descriptor = descriptor
        self.capacity = capacity
        waiting = NIOLockedValueBox([])
    }

    deinit { close(descriptor) }

    /// Puts one in.
    ///
    /// - Returns: False when the mailbox is full; nothing was put in.
    package func put(_ element: Element) -> Bool {
        let taken = waiting.withLockedValue { waiting in
            guard waiting.count < capacity else { return false }
            waiting.append(element)
            return true
        }
        if taken { csupport_eventfd_signal(descriptor) }
        return taken
    }

    /// Takes out all that wait, oldest first.
    package func take() -> [Element] {
        // Drained first: what is put in after that signals again.
        csupport_eventfd_drain(descriptor)
        return waiting.withLockedValue { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
    }
}
