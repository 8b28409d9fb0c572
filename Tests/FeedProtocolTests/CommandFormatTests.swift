import Crypto
import EventSourcing
import FeedProtocol
import Foundation
import Testing

/// The bytes of `FORMATS.md` §8.
@Suite struct CommandFormatTests {
    let fixture: FeedFixture

    init() throws { fixture = try FeedFixture() }

    private func command() throws -> SignedCommand {
        let head = CommandHead(
            id: fixture.commandID, type: "AcceptReferral", subject: "referral/01890a5d-ac96-774b-bcce-b302099a8058",
            occurredAt: Instant(milliseconds: 1_692_061_200_000), actingPost: try #require(PostCode("jiaoyu/aid")))
        let payload = CommandPayload(open: .object(["handlingPost": .string("jiaoyu/aid")]))
        return try SignedCommand(
            head, payload, salt: Data(0x20..<0x30), signedBy: fixture.departmentSigning, scope: fixture.commandScope)
    }

    @Test func `head, payload and commitment are frozen`() throws {
        let command = try command()
        #expect(command.headBytes == (try fixture.vector("head")))
        #expect(command.payloadBytes == (try fixture.vector("payload")))
        #expect(command.commitment == (try fixture.vector("commitment")))
    }

    @Test func `the command of another implementation opens`() throws {
        let opened = try SignedCommand.open(
            fixture.vector("command"), with: fixture.hubCommand,
            departmentKeys: [fixture.departmentSigning.publicKey], scope: fixture.commandScope)
        #expect(opened.command.head.type == "AcceptReferral")
        let signature = opened.command.eventSignature(by: opened.key)
        #expect(signature.key == fixture.vectors["keyname"])
        #expect(signature.commitment == fixture.vectors["commitment"])
        #expect(Data(base64Encoded: signature.head) == (try fixture.vector("head")))
    }

    @Test func `a command survives sealing and names the key that signed it`() throws {
        let command = try command()
        let body = try command.seal(to: fixture.hubCommand.publicKey, scope: fixture.commandScope)
        let old = Curve25519.Signing.PrivateKey().publicKey
        let opened = try SignedCommand.open(
            body, with: fixture.hubCommand, departmentKeys: [old, fixture.departmentSigning.publicKey],
            scope: fixture.commandScope)
        #expect(opened.command == command)
        #expect(opened.key.rawRepresentation == fixture.departmentSigning.publicKey.rawRepresentation)
    }

    @Test func `every flipped byte of a command is refused`() throws {
        for altered in try fixture.vector("command").tampered {
            #expect(throws: FeedWireError.notAuthentic("command")) {
                _ = try SignedCommand.open(
                    altered, with: fixture.hubCommand, departmentKeys: [fixture.departmentSigning.publicKey],
                    scope: fixture.commandScope)
            }
        }
    }

    @Test func `a command signed by nobody we know, or for another department or log, is refused`() throws {
        let body = try fixture.vector("command")
        #expect(throws: FeedWireError.notAuthentic("command signature")) {
            _ = try SignedCommand.open(
                body, with: fixture.hubCommand, departmentKeys: [fixture.hubSigning.publicKey],
                scope: fixture.commandScope)
        }
        for scope in try fixture.foreignScopes() where scope.epoch == fixture.scope.epoch {
            #expect(throws: FeedWireError.notAuthentic("command")) {
                _ = try SignedCommand.open(
                    body, with: fixture.hubCommand, departmentKeys: [fixture.departmentSigning.publicKey],
                    scope: CommandScope(logID: scope.logID, department: scope.department))
            }
        }
    }

    @Test func `a payload past the longest request is refused before it is sent`() throws {
        let head = try command().head
        let payload = CommandPayload(open: .object(["note": .string(String(repeating: "字", count: 30_000))]))
        let command = try SignedCommand(
            head, payload, salt: Data(count: 16), signedBy: fixture.departmentSigning, scope: fixture.commandScope)
        #expect(throws: FeedWireError.tooLarge("command")) {
            _ = try command.seal(to: fixture.hubCommand.publicKey, scope: fixture.commandScope)
        }
    }

    @Test func `the answer of another implementation opens`() throws {
        let answer = try CommandAnswer(
            body: fixture.vector("answer"), commandID: fixture.commandID, department: fixture.departmentAgreement,
            verifiedBy: fixture.hubSigning.publicKey, scope: fixture.scope)
        #expect(answer == .accepted(Position(42)))
    }

    @Test(arguments: [
        CommandAnswer.accepted(Position(9)),
        .refused(code: "referral.notDispatched", field: "subject", remedy: "wait for the referral"),
    ]) func `an answer survives sealing and answers one command only`(answer: CommandAnswer) throws {
        let body = try answer.seal(
            commandID: fixture.commandID, key: fixture.key, keyBlock: fixture.keyBlock(), nonce: AES.GCM.Nonce(),
            logID: fixture.scope.logID)
        func open(_ body: Data, _ id: UniqueID) throws -> CommandAnswer {
            try CommandAnswer(
                body: body, commandID: id, department: fixture.departmentAgreement,
                verifiedBy: fixture.hubSigning.publicKey, scope: fixture.scope)
        }
        #expect(try open(body, fixture.commandID) == answer)
        #expect(throws: FeedWireError.notAuthentic("answer")) { _ = try open(body, fixture.scope.epoch) }
        for altered in body.tampered {
            #expect(throws: FeedWireError.self) { _ = try open(altered, fixture.commandID) }
        }
    }
}
