#if canImport(Glibc)
    import Glibc
#endif

/// A port on loopback, taken as long as this object lives.
final class Port {
    struct NotHad: Error {}

    let number: Int
    private let descriptor: Int32

    /// Takes any port that is free, and listens at it.
    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let had = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 1) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        number = Int(UInt16(bigEndian: address.sin_port))
        guard had else {
            close(descriptor)
            throw NotHad()
        }
    }

    deinit { close(descriptor) }

    /// A number nobody listens at, a moment ago.
    static func free() throws -> Int { try Port().number }
}
