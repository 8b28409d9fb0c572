import FoundationEssentials

/// A token kept in a file, so that it never stands in a command line or an environment.
package enum TokenFile {
    /// The token on the first line.
    ///
    /// - Throws: ``CommandFailure`` when the file is not there or does not hold a token.
    package static func read(_ path: String) throws(CommandFailure) -> String {
        let text = (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
        let token = text?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        guard token.hasPrefix("od1_") else {
            throw CommandFailure(
                .notPermitted, code: "token.file", field: path, chinese: "令牌文件读不到,或里面没有令牌",
                english: "the token file cannot be read or holds no token",
                remedy: "文件第一行应为 od1_… / its first line must be od1_…")
        }
        return token
    }
}
