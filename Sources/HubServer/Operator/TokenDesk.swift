import EventSourcing
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Issues and revokes tokens, beside a running server or without one.
package struct TokenDesk: Sendable {
    private let folder: HubFolder

    package init(folder: HubFolder) {
        self.folder = folder
    }

    private struct Issued: Encodable {
        let account: AccountID
        let token: String?
        let file: String?
    }

    private struct Revoked: Encodable {
        let account: AccountID
        let status = "revoked"
    }

    /// Issues a token and shows it once, or writes it to a file only the owner may read.
    ///
    /// - Throws: ``CommandFailure``.
    package func issue(_ request: TokenRequest, console: Console) async throws(CommandFailure) {
        let door = try await HubDoors.open(folder)
        let issued: IssuedToken
        do throws(CommandFailure) {
            issued = try await door.issueToken(request)
            await door.close()
        } catch {
            await door.close()
            throw error
        }
        if let file = request.file {
            try Self.write(issued.token, to: file)
            console.say("已发放,令牌在 \(file) – issued, the token is in \(file)\n账号 account \(issued.account)")
        } else {
            console.say("账号 account \(issued.account)\n令牌 token   \(issued.token)\n只显示这一次。It is shown only now.")
        }
        console.result(
            Issued(
                account: issued.account, token: request.file == nil ? issued.token : nil, file: request.file))
    }

    /// Ends every token of an account.
    ///
    /// - Throws: ``CommandFailure``.
    package func revoke(_ text: String, console: Console) async throws(CommandFailure) {
        guard let account = AccountID(text) else {
            throw CommandFailure(
                .badInput, code: "token.account", field: "account", chinese: "账号写法不对",
                english: "not an account", remedy: AccountID.textForm)
        }
        let door = try await HubDoors.open(folder)
        do throws(CommandFailure) {
            try await door.revokeTokens(of: account)
            await door.close()
        } catch {
            await door.close()
            throw error
        }
        console.say("已吊销 – revoked: \(account)")
        console.result(Revoked(account: account))
    }

    /// Writes a secret to a new file of mode 0600.
    static func write(_ text: String, to path: String) throws(CommandFailure) {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        defer { if descriptor >= 0 { close(descriptor) } }
        let bytes = Array((text + "\n").utf8)
        guard descriptor >= 0, Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw CommandFailure(
                .cannotCreate, code: "token.fileExists", field: path, chinese: "文件已存在或写不进去",
                english: "the file exists or cannot be written", remedy: "换一个文件名 / choose another name")
        }
    }
}
