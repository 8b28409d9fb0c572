import EventSourcing
import HubTesting
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        ("2023-08-15T01:00:00.000Z", 1_692_061_200_000), ("2023-08-15T09:00:00+08:00", 1_692_061_200_000),
        ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1), ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("2023-08-15t09:00:00.5+08:00", 1_692_061_200_500), ("2023-08-14T16:00:00.123456789-09:00", 1_692_061_200_123),
    ])
    func `a time reads with any offset`(text: String, milliseconds: Int) {
        #expect(Instant(text)?.milliseconds == Int64(milliseconds))
    }

    @Test(arguments: [
        "2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-00-10T00:00:00Z", "2023-04-31T00:00:00Z",
        "2023-08-15T24:00:00Z", "2023-08-15T09:60:00Z", "2023-08-15T09:00:60Z", "2023-08-15T09:00:00",
        "2023-08-15 09:00", "2023-08-15T09:00:00+0800", "2023-08-15T09:00:00Zx", "", "2023-08-15T09:00:00.Z",
        "２０２３-08-15T09:00:00Z",
    ])
    func `a time that does not exist is refused`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `every instant reads back as itself`() {
        var generator = SeededGenerator.printed()
        for _ in 0..<2000 {
            let instant = Instant(
                milliseconds: Int64.random(in: -62_135_596_800_000...253_402_300_799_999, using: &generator))
            #expect(Instant(instant.description) == instant)
        }
    }
}
