/// What this program is.
package enum ProgramVersion {
    /// Grows with each release; formats have versions of their own.
    package static let number = "0.1.0"

    private struct Report: Encodable {
        let name = "OneDoor 一口通"
        let version = ProgramVersion.number
        let format = 1
    }

    /// Prints name, version and the format of the log.
    package static func print(to console: Console) {
        console.say("OneDoor 一口通 \(number) · log format 1")
        console.result(Report())
    }
}
