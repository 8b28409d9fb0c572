package import WorkingCalendar

/// A citizen's identity number of 18 characters whose check character is right (GB 11643, ISO 7064 MOD 11-2).
///
/// Personal data: it has no description, so that it cannot slip into a log line.
package struct IdentityNumber: Hashable, Sendable {
    /// Why a text is no identity number; never repeats the text.
    package enum Malformation: Error, Hashable, Sendable {
        case notEighteenCharacters(Int)
        /// Place counted from 1.
        case notADigit(place: Int)
        case regionStartsWithZero
        case birthDateDoesNotExist
        case wrongCheckCharacter
    }

    /// The 18 characters, a final X in upper case: what the identity index hashes.
    package let characters: String
    /// The birth date the number carries.
    package let birthDay: CivilDay

    /// Reads and checks a number; spaces around it and a small x are mended.
    ///
    /// - Throws: ``Malformation`` with what is wrong first.
    package init(_ text: some StringProtocol) throws(Malformation) {
        let trimmed = text.utf8.drop { $0 == 0x20 }
        let bytes = Array(trimmed.reversed().drop { $0 == 0x20 }.reversed())
        guard bytes.count == 18 else { throw .notEighteenCharacters(text.count) }
        var digits: [Int] = []
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(Int(byte - UInt8(ascii: "0")))
            case UInt8(ascii: "X") where index == 17, UInt8(ascii: "x") where index == 17: digits.append(10)
            default: throw .notADigit(place: index + 1)
            }
        }
        guard digits[0] != 0 else { throw .regionStartsWithZero }
        let number = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
        guard let birthDay = CivilDay(year: number(6..<10), month: number(10..<12), day: number(12..<14)),
            birthDay.year >= 1800
        else { throw .birthDateDoesNotExist }
        guard digits[17] == Self.checkValue(of: digits[0..<17]) else { throw .wrongCheckCharacter }
        self.birthDay = birthDay
        characters = digits[0..<17].map(String.init).joined() + (digits[17] == 10 ? "X" : String(digits[17]))
    }

    /// The 18th character's value, 10 for X, so that the weighted sum is 1 modulo 11.
    private static func checkValue(of digits: ArraySlice<Int>) -> Int {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return (12 - sum % 11) % 11
    }

    /// Whether the person is under 18 on a day.
    package func isMinor(on day: CivilDay) -> Bool {
        let eighteenth = (birthDay.year + 18, birthDay.month, birthDay.day)
        return (day.year, day.month, day.day) < eighteenth
    }
}

extension IdentityNumber.Malformation {
    /// What is wrong and how to mend it, Chinese first.
    package var sentence: (chinese: String, english: String) {
        switch self {
        case .notEighteenCharacters(let count):
            ("身份证号应为 18 位，收到 \(count) 位。", "An identity number has 18 characters; \(count) were sent.")
        case .notADigit(let place):
            ("身份证号第 \(place) 位有误。", "Character \(place) must be a digit; only the last may be X.")
        case .regionStartsWithZero: ("身份证号地区码有误。", "The region code cannot start with 0; type the number again.")
        case .birthDateDoesNotExist: ("身份证号中的出生日期不存在。", "The birth date in characters 7 to 14 does not exist.")
        case .wrongCheckCharacter: ("身份证号校验位不符，请核对。", "The check character does not fit; compare with the card.")
        }
    }
}
