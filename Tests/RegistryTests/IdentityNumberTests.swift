import HubTesting
import Registry
import Testing
import WorkingCalendar

@Suite struct IdentityNumberTests {
    // From the annex of GB 11643; nobody's.
    private static let example = "11010519491231002X"

    @Test func `the standard's own example is valid and carries its birth date`() throws {
        let number = try IdentityNumber(Self.example)
        #expect(number.birthDay.description == "1949-12-31")
        #expect(number.characters == Self.example)
    }

    @Test func `a small x and spaces around are mended`() throws {
        #expect(try IdentityNumber(" 11010519491231002x ") == IdentityNumber(Self.example))
    }

    @Test func `every other check character is refused`() {
        for character in "0123456789" {
            #expect(throws: IdentityNumber.Malformation.wrongCheckCharacter) {
                try IdentityNumber(Self.example.dropLast() + String(character))
            }
        }
    }

    @Test func `one wrong digit or two swapped neighbours are always found`() throws {
        var generator = SeededGenerator.printed()
        for _ in 0..<300 {
            var characters = Array(Self.example)
            let place = Int.random(in: 0..<16, using: &generator)
            let before = characters
            if Bool.random(using: &generator) {
                characters.swapAt(place, place + 1)
            } else {
                characters[place] = Character(String(Int.random(in: 0...9, using: &generator)))
            }
            guard characters != before else { continue }
            #expect(throws: IdentityNumber.Malformation.self) { try IdentityNumber(String(characters)) }
        }
    }

    @Test(arguments: [
        ("1101051949123100", IdentityNumber.Malformation.notEighteenCharacters(16)), ("", .notEighteenCharacters(0)),
        ("1101051949123A002X", .notADigit(place: 14)), ("X1010519491231002X", .notADigit(place: 1)),
        ("01010519491231002X", .regionStartsWithZero), ("11010519490230002X", .birthDateDoesNotExist),
        ("１１０１０５１９４９１２３１００２Ｘ", .notEighteenCharacters(18)),
    ]) func `what is wrong is named`(text: String, malformation: IdentityNumber.Malformation) {
        #expect(throws: malformation) { try IdentityNumber(text) }
    }

    @Test func `a person is a minor until the day before the eighteenth birthday`() throws {
        let number = try IdentityNumber(Self.example)
        #expect(number.isMinor(on: try #require(CivilDay("1967-12-30"))))
        #expect(!number.isMinor(on: try #require(CivilDay("1967-12-31"))))
    }
}

@Suite struct HistoryDateTests {
    @Test(arguments: ["2010", "2011-11", "2011-11-03", "2024-02-29"]) func `a date is kept as known`(text: String) {
        #expect(HistoryDate(text)?.description == text)
    }

    @Test(arguments: ["", "210", "2011-13", "2011-1", "2023-02-29", "2011-11-03-01", "2011/11", "1799", "2011-11-"])
    func `other texts are no history`(text: String) {
        #expect(HistoryDate(text) == nil)
    }

    @Test func `a vague date is after another only if it surely is`() throws {
        let year = try #require(HistoryDate("2010"))
        let month = try #require(HistoryDate("2010-05"))
        let later = try #require(HistoryDate("2011-01-01"))
        #expect(!year.isAfter(month) && !month.isAfter(year))
        #expect(later.isAfter(year) && !year.isAfter(later))
    }
}
