import Crypto
package import EventSourcing
import FoundationEssentials
import GRDB

/// An account as the key store keeps it: a function, never a person's name.
package struct AccountRecord: Hashable, Sendable {
    package let account: AccountID
    /// Stored name of the role.
    package let role: String
    package let department: DepartmentCode?
    package let town: TownCode?
    package let post: PostCode?

    package init(
        account: AccountID, role: String, department: DepartmentCode? = nil, town: TownCode? = nil,
        post: PostCode? = nil
    ) {
        self.account = account
        self.role = role
        self.department = department
        self.town = town
        self.post = post
    }
}

/// A token in a list: everything but the secret, which nobody can read again.
package struct TokenRecord: Hashable, Sendable {
    /// Names the token in lists: first 8 bytes of its digest in hex.
    package let id: String
    package let account: AccountID
    /// What it is for, `huangtang station PC 2`; no person's name.
    package let label: String
    package let issuedAt: Instant
    package let revokedAt: Instant?
}

/// Accounts and tokens in memory, so that a request costs no read of the file.
struct AccountTable {
    struct Token {
        let digest: Data
        let record: TokenRecord
    }

    var records: [AccountID: AccountRecord] = [:]
    var tokens: [AccountID: [Token]] = [:]

    init(reading database: Database) throws {
        for row in try Row.fetchAll(database, sql: "SELECT account, role, department, town, post FROM account") {
            guard let account = AccountID(stored: row["account"]) else { continue }
            records[account] = AccountRecord(
                account: account, role: row["role"], department: (row["department"] as String?).flatMap { .init($0) },
                town: (row["town"] as String?).flatMap { .init($0) },
                post: (row["post"] as String?).flatMap { .init($0) })
        }
        let rows = try Row.fetchAll(
            database, sql: "SELECT digest, account, label, issued_at, revoked_at FROM token ORDER BY issued_at, digest")
        for row in rows {
            guard let account = AccountID(stored: row["account"]) else { continue }
            let digest: Data = row["digest"]
            tokens[account, default: []].append(
                Token(
                    digest: digest,
                    record: TokenRecord(
                        id: Self.identifier(of: digest), account: account, label: row["label"],
                        issuedAt: Instant(milliseconds: row["issued_at"]),
                        revokedAt: (row["revoked_at"] as Int64?).map(Instant.init(milliseconds:)))))
        }
    }

    static func identifier(of digest: Data) -> String {
        digest.prefix(8).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}
