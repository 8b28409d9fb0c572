import DepartmentFeed

#if canImport(Glibc)
    import Glibc
#endif

/// What `onedoor feed` runs.
package enum FeedEntryPoint {
    /// The descriptor serve hands over.
    private static let link: Int32 = 3

    /// Relays until serve goes away, which the end of the link tells.
    ///
    /// Ctrl-C and a stop of the whole process group reach this process too: it ignores them, since serve still
    /// answers departments through it until it has stopped itself.
    ///
    /// - Throws: ``CommandFailure`` with the exit code of the feed's end when it was not asked to stop.
    package static func run(secret: String, quiet: Bool) throws(CommandFailure) {
        signal(SIGINT, SIG_IGN)
        signal(SIGTERM, SIG_IGN)
        let end = FeedProcess(link: link, secretPath: secret, logger: ProgramLog.logger("feed", quiet: quiet)).run()
        guard end.exitCode != 0 else { return }
        throw CommandFailure(
            ExitStatus(rawValue: end.exitCode) ?? .unreachable, code: "feed.\(end.reason)", field: end.field,
            chinese: end.chinese, english: end.english, remedy: "\(end.chinese) / \(end.english)")
    }
}
