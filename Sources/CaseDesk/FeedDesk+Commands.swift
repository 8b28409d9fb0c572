import Crypto
package import EventSourcing
package import FeedProtocol
package import FoundationEssentials
import RuleBook

extension FeedDesk {
    /// Opens, checks and carries out a department's command.
    ///
    /// - Parameter body: The COMMAND body as the department sealed it; nobody on the way could read or change it.
    /// - Returns: The sealed answer, or `busy` when nothing was decided and the department should send it again.
    package func carryOut(_ body: Data, from department: DepartmentCode) async -> LinkAnswer {
        let rules: RuleBook
        do throws(EventLogError) {
            rules = try await desk.ruleBook.current().history.current
        } catch {
            return .busy(retryMilliseconds: 2000)
        }
        guard let keys = rules.keys(of: department),
            let verifying = try? Curve25519.Signing.PublicKey(rawRepresentation: Data(keys.signing.bytes))
        else { return .refused(.feed) }
        let command: SignedCommand
        do throws(FeedWireError) {
            let scope = CommandScope(logID: desk.identity.logID, department: department)
            command = try SignedCommand.open(body, with: commandKey, departmentKeys: [verifying], scope: scope).command
        } catch {
            // Without an authentic head there is no command id to answer to.
            return .refused(.malformed)
        }
        let answer: CommandAnswer
        do throws(DeskError) {
            answer = .accepted(try await perform(command, signedBy: verifying, keys, rules).position)
        } catch {
            switch error.kind {
            case .busy, .full, .unavailable, .conflict: return .busy(retryMilliseconds: 1000)
            case .badRequest, .invalidValue, .unauthorized, .forbidden, .notFound, .refused, .otherBody:
                answer = .refused(
                    code: error.code, field: error.field, remedy: "\(error.chinese) – \(error.remedy)")
            }
        }
        do throws(EventLogError) {
            let sealing = try sealing(for: department, rules: rules)
            return .sealed(
                try Self.wire { () throws(FeedWireError) in
                    try answer.seal(
                        commandID: command.head.id, key: sealing.key, keyBlock: sealing.block, nonce: AES.GCM.Nonce(),
                        logID: desk.identity.logID)
                })
        } catch {
            return .busy(retryMilliseconds: 2000)
        }
    }

    private func perform(
        _ command: SignedCommand, signedBy key: Curve25519.Signing.PublicKey, _ keys: DepartmentKeys, _ rules: RuleBook
    ) async throws(DeskError) -> CommandReceipt {
        guard let account = keys.account else {
            throw DeskError(.noRelay)
        }
        let role: Role = rules.department(keys.department)?.kind == .voluntary ? .voluntary : .department
        let request = CommandRequest(
            id: command.head.id, type: command.head.type, subject: command.head.subject,
            body: CommandBody(
                occurredAt: command.head.occurredAt, actingPost: command.head.actingPost,
                externalReference: command.head.externalReference, open: command.payload.open,
                sealed: command.payload.sealed.map { SealedValue(group: $0.group, person: $0.person, value: $0.value) }),
            bytes: command.headBytes + command.payloadBytes,
            principal: Principal(
                account: account, role: role, department: keys.department, post: command.head.actingPost),
            channel: "feed",
            signature: CommandSignature(
                metadata: command.eventSignature(by: key), saltAndPayload: command.saltAndPayload))
        return try await desk.perform(request)
    }
}
