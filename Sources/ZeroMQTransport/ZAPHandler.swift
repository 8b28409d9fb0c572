import CZeroMQ
package import FoundationEssentials

/// Who may connect where: for each ZAP domain the CURVE keys it lets in, and under what name.
package struct ZAPRegistry: Hashable, Sendable {
    /// Domain → public key of 32 bytes → User-Id.
    package var domains: [String: [Data: String]]

    package init(domains: [String: [Data: String]] = [:]) {
        self.domains = domains
    }

    /// The name a key has in a domain; nothing means refused.
    package func user(of key: Data, in domain: String) -> String? {
        domains[domain]?[key]
    }
}

/// Answers libzmq's question whether a key may connect; default deny.
///
/// It must be bound before any other socket of its context and stay until all are closed: without a handler 4.3.4 lets
/// every key in.
package final class ZAPHandler {
    /// What was decided about one attempt: for the log, with the address but without the key.
    package struct Decision: Hashable, Sendable {
        package let domain: String
        package let address: String
        package let user: String?
    }

    package var registry: ZAPRegistry
    let socket: ZeroMQSocket

    /// Binds the handler.
    ///
    /// - Throws: ``ZeroMQError`` when the context already has one.
    package init(in context: ZeroMQContext, registry: ZAPRegistry) throws(ZeroMQError) {
        self.registry = registry
        socket = try ZeroMQSocket(inProcess: ZMQ_REP, in: context)
        _ = try socket.bind("inproc://zeromq.zap.01")
    }

    /// Answers everything that waits.
    package func answerWaiting() throws(ZeroMQError) -> [Decision] {
        var decisions: [Decision] = []
        while let question = try socket.receive() {
            let frames = question.frames
            let text = frames.map { String(decoding: $0, as: UTF8.self) }
            let id = frames.count > 1 ? frames[1] : Data()
            var user: String?
            // version, request id, domain, address, routing id, mechanism, key
            if frames.count == 7, text[0] == "1.0", text[5] == "CURVE", frames[6].count == 32 {
                user = registry.user(of: frames[6], in: text[2])
            }
            let status = user == nil ? "400" : "200"
            let reason = user == nil ? "unknown key" : "OK"
            let answer = ["1.0"].map { Data($0.utf8) } + [id] + [status, reason, user ?? "", ""].map { Data($0.utf8) }
            _ = try socket.send(answer)
            decisions.append(
                Decision(
                    domain: text.count > 2 ? text[2] : "", address: text.count > 3 ? text[3] : "", user: user))
        }
        return decisions
    }

    /// Stops answering: only after every other socket of the context is closed.
    package func close() {
        socket.close()
    }
}

@available(*, unavailable)
extension ZAPHandler: Sendable {}
