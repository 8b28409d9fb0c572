/// What the program's exit code says; the numbers above 60 are those of `sysexits.h`.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done, or already so.
    case done = 0
    /// The thing asked about is not well.
    case defect = 1
    case usage = 2
    case nothingMatched = 3
    /// A rule of the domain says no.
    case refused = 4
    /// Destructive and not confirmed.
    case unconfirmed = 5
    case badInput = 65
    case unreachable = 69
    case cannotCreate = 73
    case tryAgain = 75
    case notPermitted = 77
    case configuration = 78
}
