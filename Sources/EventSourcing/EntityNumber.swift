/// The number people say on the telephone: `DY23-00001`, `DY23-00001-R1`, `DY23-Q00001`, `DY23-M001`.
package struct EntityNumber: Hashable, Comparable, TextCodable {
    package static var textForm: String { "a number such as DY23-00001, DY23-00001-R1, DY23-Q00001 or DY23-M001" }
    package static var textShape: TextShape {
        TextShape(
            pattern: "^[A-Z]{2,6}[0-9]{2}-([0-9]{5,}(-[RDF][0-9]+)?|Q[0-9]{5,}|M[0-9]{3,})$", example: "DY23-00001")
    }

    package let description: String

    /// Reads any of the forms of `FORMATS.md` §10: hub code of 2 to 6 capitals, two digits of the year, then the running number.
    package init?(_ text: String) {
        var text = text
        guard text.withUTF8({ Self.isNumber($0) }) else { return nil }
        description = text
    }

    private static func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = text[...]
        func take(_ letters: ClosedRange<UInt8>) -> Int {
            let taken = rest.prefix { letters.contains($0) }.count
            rest = rest.dropFirst(taken)
            return taken
        }
        func take(_ letter: UInt8) -> Bool { take(letter...letter) == 1 }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (2...6).contains(take(UInt8(ascii: "A")...UInt8(ascii: "Z"))), take(digits) == 2, take(UInt8(ascii: "-"))
        else { return false }
        let series = rest.first
        if series == UInt8(ascii: "Q") || series == UInt8(ascii: "M") {
            rest = rest.dropFirst()
            return take(digits) >= (series == UInt8(ascii: "M") ? 3 : 5) && rest.isEmpty
        }
        guard take(digits) >= 5 else { return false }
        if rest.isEmpty { return true }
        guard take(UInt8(ascii: "-")), let letter = rest.first, "RDF".utf8.contains(letter) else { return false }
        rest = rest.dropFirst()
        return take(digits) >= 1 && rest.isEmpty
    }

    /// `DY23-00001`; nothing when the hub code is not 2 to 6 capitals.
    package static func caseFile(hubCode: String, year: Int, serial: Int) -> Self? {
        Self("\(hubCode)\(twoDigits(year))-\(padded(serial, 5))")
    }

    /// `DY23-Q00001`; nothing when the hub code is not 2 to 6 capitals.
    package static func helpRequest(hubCode: String, year: Int, serial: Int) -> Self? {
        Self("\(hubCode)\(twoDigits(year))-Q\(padded(serial, 5))")
    }

    /// `DY23-M001`; nothing when the hub code is not 2 to 6 capitals.
    package static func meeting(hubCode: String, year: Int, serial: Int) -> Self? {
        Self("\(hubCode)\(twoDigits(year))-M\(padded(serial, 3))")
    }

    /// The number of the `serial`-th referral of this case; `decision` and `followUp` alike.
    package func referral(_ serial: Int) -> Self { Self(unchecked: "\(description)-R\(serial)") }
    package func decision(_ serial: Int) -> Self { Self(unchecked: "\(description)-D\(serial)") }
    package func followUp(_ serial: Int) -> Self { Self(unchecked: "\(description)-F\(serial)") }

    private init(unchecked text: String) {
        description = text
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }

    private static func twoDigits(_ year: Int) -> String { padded(year % 100, 2) }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
