/// How wide text is in a terminal, where Chinese takes two columns.
package enum TerminalText {
    /// Columns a text takes.
    package static func width(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// Columns of one scalar: 2 for East Asian wide and full-width ones, 0 for marks that join the one before.
    ///
    /// - SeeAlso: Unicode Standard Annex 11; ambiguous ones are narrow, as terminals in UTF-8 show them.
    static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// The text cut or filled with spaces to exactly so many columns; what is cut ends in an ellipsis.
    ///
    /// - Parameter columns: 0 or more.
    package static func fitted(_ text: String, to columns: Int, atRight: Bool = false) -> String {
        let cut = truncated(printable(text), to: columns)
        let filling = String(repeating: " ", count: max(0, columns - width(cut)))
        return atRight ? filling + cut : cut + filling
    }

    /// The text in at most so many columns.
    package static func truncated(_ text: String, to columns: Int) -> String {
        guard width(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var kept = ""
        var taken = 0
        for character in text {
            let wide = width(String(character))
            guard taken + wide <= columns - 1 else { break }
            kept.append(character)
            taken += wide
        }
        return kept + "…"
    }

    /// The text without anything that could steer the terminal.
    static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}
