package import Logging

/// Where the program logs: lines on standard error, so that results stay alone on standard output.
package enum ProgramLog {
    /// A logger for one part of the program.
    package static func logger(_ part: String, quiet: Bool) -> Logger {
        var logger = Logger(label: "onedoor.\(part)") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = quiet ? .warning : .info
        return logger
    }
}
