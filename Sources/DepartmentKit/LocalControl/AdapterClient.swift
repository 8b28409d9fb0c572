import EventSourcing
import FeedProtocol
import FoundationEssentials

/// Talks to a running adapter of this machine.
package struct AdapterClient: Sendable {
    private let socket: String

    package init(_ folder: AdapterFolder) {
        socket = folder.socket
    }

    /// Sends one request and waits for the reply.
    ///
    /// - Throws: ``AdapterFault`` when no adapter answers there.
    package func ask(_ request: AdapterRequest) async throws(AdapterFault) -> AdapterReply {
        let line: Data
        do {
            line = try EventJSON.encode(request)
        } catch {
            throw AdapterFault(
                .usage, code: "request.encoding", chinese: "请求无法编码", english: "the request cannot be encoded",
                remedy: "检查各字段 / check the fields")
        }
        let answer: Data
        do {
            answer = try await LineClient.ask(socket, line)
        } catch {
            throw AdapterFault(
                .unreachable, code: "adapter.unreachable", field: socket, chinese: "适配器没有运行",
                english: "no adapter answers on this socket",
                remedy: "先运行 onedoor adapter --department CODE --dir DIR / start onedoor adapter first")
        }
        do {
            return try EventJSON.decode(AdapterReply.self, from: answer)
        } catch {
            throw AdapterFault(
                .unreachable, code: "adapter.reply", field: socket, chinese: "适配器的答复无法读取",
                english: "the adapter's reply cannot be read", remedy: "两边用同一版本 / use the same version on both sides")
        }
    }
}
