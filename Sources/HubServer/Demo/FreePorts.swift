#if canImport(Glibc)
    import Glibc
#endif

/// Ports on loopback that nobody listens at: one for the pages, a row of them for the feed.
struct FreePorts: Sendable {
    let web: Int
    /// First of the row: control, then one a department.
    let feed: Int

    /// Finds them; `web` 0 takes any.
    ///
    /// - Throws: ``CommandFailure`` `tryAgain` when the wanted port is taken.
    static func take(web: Int, feeds: Int) throws(CommandFailure) -> FreePorts {
        if web != 0, !isFree(web) {
            throw CommandFailure(
                .tryAgain, code: "port.taken", field: "--port", chinese: "端口 \(web) 已被占用",
                english: "port \(web) is taken", remedy: "换一个端口,或 --port 0 / choose another, or --port 0")
        }
        let start = 20_000 + Int(getpid()) % 10_000
        for first in stride(from: start, to: 40_000, by: feeds + 1)
        where (first...(first + feeds)).allSatisfy({ isFree($0) }) {
            return FreePorts(web: web == 0 ? first + feeds : web, feed: first)
        }
        throw CommandFailure(
            .tryAgain, code: "port.none", chinese: "没有空闲端口", english: "no free ports", remedy: "稍后再试 / try again later")
    }

    /// Whether a port can be listened at.
    ///
    /// - Parameters:
    ///   - host: An IPv4 address; what is none is left for whoever binds it to judge.
    ///   - reusing: As a listener does that takes over from an ended one, whose connections may still linger.
    static func isFree(_ port: Int, at host: String = "127.0.0.1", reusing: Bool = false) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port)).bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return true }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        if reusing {
            var on: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
