import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Whether and how text is coloured; the sign and the word beside it say the same without any colour.
package struct TerminalStyle: Sendable {
    package let isColoured: Bool

    package init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    /// As the terminal and its owner want it: none where output is no terminal, where NO_COLOR is set, or on a dumb one.
    package static func fitting(isTerminal: Bool, environment: [String: String]) -> Self {
        let isRefused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return Self(isColoured: isTerminal && !isRefused && environment["TERM"] != "dumb")
    }

    /// Colours of the lights, and of what is less important.
    enum Colour: String {
        case red = "31;1"
        case yellow = "33;1"
        case green = "32"
        case grey = "90"
        case bold = "1"
    }

    /// The text in a colour, where there is colour.
    func text(_ text: String, _ colour: Colour?) -> String {
        guard isColoured, let colour else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }
}

/// The terminal a board is shown on.
package struct TerminalSize: Hashable, Sendable {
    package let columns: Int
    package let rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    /// Of standard output now; 100 × 40 where that is no terminal.
    package static var current: Self {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return Self(columns: 100, rows: 40)
        }
        return Self(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
}
