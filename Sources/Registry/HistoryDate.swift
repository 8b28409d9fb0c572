package import EventSourcing
import WorkingCalendar

/// A date before the hub, as exactly as people remember it: `2010`, `2011-11` or `2011-11-03`.
///
/// It stands in data and is never the time an event occurred.
package struct HistoryDate: Hashable, TextCodable {
    package static var textForm: String { "a year, month or day such as 2010, 2011-11 or 2011-11-03" }
    package static var textShape: TextShape {
        let day = "(0[1-9]|[12][0-9])"
        let month =
            "(0[13578]|1[02])(-(\(day)|3[01]))?|(0[469]|11)(-(\(day)|30))?|02(-(0[1-9]|1[0-9]|2[0-8]))?"
        let leap = "((1[89]|2[0-9])(0[48]|[2468][048]|[13579][26])|(20|24|28)00)-02-29"
        return TextShape(pattern: "^((1[89]|2[0-9])[0-9]{2}(-(\(month)))?|\(leap))$", example: "2010")
    }

    package let description: String

    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...3).contains(parts.count), zip(parts, [4, 2, 2]).allSatisfy({ $0.utf8.count == $1 }),
            parts.joined().utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let numbers = parts.compactMap { Int($0) } + [1, 1]
        guard (1800...2999).contains(numbers[0]),
            CivilDay(
                year: numbers[0], month: parts.count > 1 ? numbers[1] : 1, day: parts.count > 2 ? numbers[2] : 1) != nil
        else { return nil }
        description = text
    }

    /// Whether this date surely lies after the other: the parts both give decide, so `2010` is not after `2010-05`.
    package func isAfter(_ other: Self) -> Bool {
        let length = min(description.utf8.count, other.description.utf8.count)
        return other.description.prefix(length) < description.prefix(length)
    }
}
