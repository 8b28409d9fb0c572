import RuleBook

/// Proves rule files without serving, and tells how they differ from a log.
package struct RuleInspection: Sendable {
    private let path: String
    private let folder: HubFolder?

    package init(path: String, folder: HubFolder?) {
        self.path = path
        self.folder = folder
    }

    /// Reads, proves and compares; tells every mistake in one run.
    ///
    /// - Throws: ``CommandFailure`` when entries are wrong, or with exit 1 when files and log differ.
    package func run(console: Console) async throws(CommandFailure) {
        let book: RuleBook?
        if let folder { book = try await LoggedRules.current(in: folder) } else { book = nil }
        let report = RuleReport(path: path, against: book)
        report.print(to: console)
        if let failure = report.failure { throw failure }
        if book != nil, report.same == false {
            throw CommandFailure(
                .defect, code: "rules.differ", field: path, chinese: "文件与日志中的规则不同",
                english: "the files and the log differ", remedy: "用 onedoor rules publish 发布 / publish them")
        }
        if book != nil { console.say("与日志一致 – the same as in the log") }
    }
}
