/// The number people say on the telephone: `DY23-00001`, `DY23-00001-R1`, `DY23-Q00001`, `DY23-M001`.
package struct EntityNumber: Hashable, Comparable, TextCodable {
    package static var textForm: String { "a number such as DY23-00001, DY23-00001-R1, DY23-Q00001 or DY23-M001" }

    package let description: String

    /// Reads any of the forms of `FORMATS.md` §10: hub code of 2 to 6 capitals, two digits of the year, then the running number.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3 else { return nil }
        let hubCode = parts[0].prefix { $0.isASCII && $0.isUppercase }
        let year = parts[0].dropFirst(hubCode.count)
        guard (2...6).contains(hubCode.count), year.count == 2, Self.areDigits(year) else { return nil }
        let series = parts[1].first.map { $0 == "Q" || $0 == "M" } == true ? parts[1].dropFirst() : parts[1]
        guard series.count >= (parts[1].first == "M" ? 3 : 5), Self.areDigits(series) else { return nil }
        if parts.count == 3 {
            guard series.count == parts[1].count, let letter = parts[2].first, "RDF".contains(letter),
                parts[2].count >= 2, Self.areDigits(parts[2].dropFirst())
            else { return nil }
        }
        description = text
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

    private static func areDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func twoDigits(_ year: Int) -> String { padded(year % 100, 2) }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
