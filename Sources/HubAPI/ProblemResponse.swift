import EventSourcing
import FoundationEssentials
package import HTTPTypes
package import Hummingbird

/// The JSON of a problem, its members in the names of RFC 9457 and ours.
private struct ProblemBody: Encodable {
    let type: String
    let title: String
    let titleEnglish: String
    let status: Int
    let detail: String
    let detailEnglish: String
    let code: String
    let field: String?
    let remedy: String?
    let allowed: [String]?
    let instance: String
    let requestID: String

    enum CodingKeys: String, CodingKey {
        case type, title, titleEnglish, status, detail, detailEnglish, code, field, remedy, allowed
        case instance
        case requestID = "requestId"
    }
}

extension ProblemDetails {
    /// Its JSON.
    func json(requestID: String) -> Data {
        let body = ProblemBody(
            type: "urn:onedoor:problem:\(code)", title: title.chinese, titleEnglish: title.english,
            status: status.code, detail: chinese, detailEnglish: english, code: code, field: field, remedy: remedy,
            allowed: allowedCommands.isEmpty ? nil : allowedCommands,
            instance: "urn:onedoor:request:\(requestID)", requestID: requestID)
        // Plain texts always encode; should they not, the status alone still tells the truth.
        return (try? EventJSON.encode(body)) ?? Data("{}".utf8)
    }

    /// The answer as `application/problem+json`.
    package func response(requestID: String) -> Response {
        let bytes = json(requestID: requestID)
        var response = Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        response.headers[.contentType] = "application/problem+json; charset=utf-8"
        return response
    }

    /// The headers its status asks for.
    package var headers: HTTPFields {
        var headers = HTTPFields()
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer realm=\"onedoor\"" }
        if status == .methodNotAllowed {
            headers[.allow] = allowedMethods.map(\.rawValue).sorted().joined(separator: ", ")
        }
        if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
        return headers
    }
}
