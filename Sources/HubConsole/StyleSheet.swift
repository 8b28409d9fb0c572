import HTTPTypes
import Hummingbird
import NIOCore

/// The one style sheet, embedded; browsers ask again each time and mostly hear that nothing changed.
enum StyleSheet {
    static let path = "/assets/console.css"

    static func response(to request: Request) -> Response {
        let headers: HTTPFields = [.eTag: tag, .cacheControl: "no-cache", .contentType: "text/css; charset=utf-8"]
        if request.headers[values: .ifNoneMatch].contains(where: { $0.contains(tag) }) {
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.console_css)))
    }

    /// FNV-1a of the content: changes with it, and nothing secret hangs on it.
    private static let tag: String = {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in PackageResources.console_css { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "\"\(String(hash, radix: 16))\""
    }()
}
