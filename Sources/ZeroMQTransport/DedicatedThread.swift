import CSupport
import Glibc

/// Runs blocking work on a thread of its own, so that it never holds one of the cooperative pool.
package enum DedicatedThread {
    private final class Work {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// Runs `body` on a new thread and waits for its result.
    ///
    /// - Parameter name: At most 15 bytes, shown by `top -H`.
    /// - Throws: ``ZeroMQError`` when the system has no thread left.
    package static func run<Result: Sendable>(
        named name: String, _ body: @escaping @Sendable () -> Result
    ) async throws(ZeroMQError) -> Result {
        let outcome: Swift.Result<Result, ZeroMQError> = await withCheckedContinuation { continuation in
            let work = Work(name: name) { continuation.resume(returning: .success(body())) }
            var thread = pthread_t()
            let context = Unmanaged.passRetained(work)
            let code = pthread_create(
                &thread, nil,
                { context in
                    guard let context else { return nil }
                    let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                    csupport_name_thread(work.name)
                    work.body()
                    return nil
                }, context.toOpaque())
            guard code == 0 else {
                context.release()
                continuation.resume(returning: .failure(ZeroMQError("start thread \(name)", code: code)))
                return
            }
            pthread_detach(thread)
        }
        return try outcome.get()
    }
}
