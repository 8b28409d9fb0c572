import EventSourcing
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// Writes answers: sorted keys, so that equal answers have equal bytes.
enum JSONAnswer {
    /// - Parameter position: Up to where the answer is true; the outermost middleware gives its own where there is none.
    static func response(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, at position: Position? = nil
    ) throws(ProblemDetails) -> Response {
        let bytes: Data
        do { bytes = try EventJSON.encode(value) } catch { throw .internalError }
        var response = Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        response.headers[.contentType] = "application/json; charset=utf-8"
        if let position { response.headers[HeaderNames.position] = position.description }
        return response
    }
}
