import Crypto
package import EventSourcing
import FoundationEssentials
import GRDB
import NIOConcurrencyHelpers

extension KeyStore {
    /// Makes an account without a token, such as the one a department's adapter relays with; the same again changes nothing.
    ///
    /// - Throws: ``KeyStoreError`` when the account exists with another role or place.
    package func registerAccount(_ record: AccountRecord) throws(KeyStoreError) {
        let known = accounts.withLockedValue { $0.records[record.account] }
        guard known != record else { return }
        guard known == nil else { throw KeyStoreError(.accountDiffers(record.account)) }
        try inTransaction { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO account (account, role, department, town, post) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    Data(record.account.unique.bytes), record.role, record.department?.description,
                    record.town?.description, record.post?.description,
                ])
        }
        accounts.withLockedValue { $0.records[record.account] = record }
    }

    /// Issues a token for an account, which is made when it is new; the text can never be shown again.
    ///
    /// - Parameters:
    ///   - label: What it is for; no person's name.
    /// - Returns: `od1_<account>_<43 characters of base64url>`.
    package func issueToken(
        for record: AccountRecord, label: String, at instant: Instant
    ) throws(KeyStoreError) -> String {
        try registerAccount(record)
        let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let digest = tokenDigest(secret)
        try inTransaction { database in
            try database.execute(
                sql: "INSERT INTO token (digest, account, label, issued_at) VALUES (?, ?, ?, ?)",
                arguments: [digest, Data(record.account.unique.bytes), label, instant.milliseconds])
        }
        let token = AccountTable.Token(
            digest: digest,
            record: TokenRecord(
                id: AccountTable.identifier(of: digest), account: record.account, label: label, issuedAt: instant,
                revokedAt: nil))
        accounts.withLockedValue { $0.tokens[record.account, default: []].append(token) }
        return "od1_\(record.account)_\(Self.base64URL(secret))"
    }

    /// The account a token stands for, or nothing when it is malformed, unknown or revoked.
    ///
    /// Every digest of the account is compared whole, so that time says nothing about how much of a guess was right.
    package func authenticate(_ token: String) -> AccountRecord? {
        guard let (account, secret) = Self.parse(token) else { return nil }
        let (record, tokens) = accounts.withLockedValue { ($0.records[account], $0.tokens[account] ?? []) }
        var isValid = false
        for token in tokens {
            let matches = HMAC<SHA256>.isValidAuthenticationCode(
                token.digest, authenticating: secret, using: hubKeys.token)
            isValid = (matches && token.record.revokedAt == nil) || isValid
        }
        return isValid ? record : nil
    }

    /// Ends one token at once; one that has ended stays as it is.
    ///
    /// - Parameter id: As in ``tokens()``.
    package func revokeToken(_ id: String, at instant: Instant) throws(KeyStoreError) {
        let found = accounts.withLockedValue { table in
            table.tokens.values.joined().first { $0.record.id == id }
        }
        guard let found else { throw KeyStoreError(.unknownToken) }
        guard found.record.revokedAt == nil else { return }
        try inTransaction { database in
            try database.execute(
                sql: "UPDATE token SET revoked_at = ? WHERE digest = ?",
                arguments: [instant.milliseconds, found.digest]
            )
        }
        let record = found.record
        let ended = AccountTable.Token(
            digest: found.digest,
            record: TokenRecord(
                id: record.id, account: record.account, label: record.label, issuedAt: record.issuedAt,
                revokedAt: instant))
        accounts.withLockedValue { table in
            table.tokens[record.account] = table.tokens[record.account]?.map { $0.record.id == id ? ended : $0 }
        }
    }

    /// Ends every token of an account.
    package func revokeTokens(of account: AccountID, at instant: Instant) throws(KeyStoreError) {
        guard self.account(account) != nil else { throw KeyStoreError(.unknownAccount(account)) }
        for token in tokens() where token.account == account { try revokeToken(token.id, at: instant) }
    }

    /// One account.
    package func account(_ account: AccountID) -> AccountRecord? {
        accounts.withLockedValue { $0.records[account] }
    }

    /// All accounts, sorted.
    package func allAccounts() -> [AccountRecord] {
        accounts.withLockedValue { $0.records.values.sorted { $0.account < $1.account } }
    }

    /// All tokens ever issued, by account and age.
    package func tokens() -> [TokenRecord] {
        accounts.withLockedValue { table in
            table.tokens.sorted { $0.key < $1.key }.flatMap { $0.value.map(\.record) }
        }
    }

    private func tokenDigest(_ secret: Data) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: secret, using: hubKeys.token))
    }

    private static func base64URL(_ secret: Data) -> String {
        String(
            secret.base64EncodedString().compactMap { character in
                switch character {
                case "+": "-"
                case "/": "_"
                case "=": nil
                default: character
                }
            })
    }

    /// Splits by place, since base64url itself may hold the underscore.
    private static func parse(_ token: String) -> (AccountID, Data)? {
        let bytes = Array(token.utf8)
        guard bytes.count == 84, bytes.starts(with: Array("od1_".utf8)), bytes[40] == UInt8(ascii: "_"),
            let account = AccountID(String(decoding: bytes[4..<40], as: UTF8.self))
        else { return nil }
        let standard = String(decoding: bytes[41...], as: UTF8.self).map { character -> Character in
            switch character {
            case "-": "+"
            case "_": "/"
            default: character
            }
        }
        guard let secret = Data(base64Encoded: String(standard) + "="), secret.count == 32,
            base64URL(secret).utf8.elementsEqual(bytes[41...])
        else { return nil }
        return (account, secret)
    }
}
