import EventSourcing
import Testing

@Suite struct IdentifierTests {
    @Test func `an identifier is lower case with hyphens and reads capitals`() throws {
        let id = try #require(UniqueID("01890A5D-AC96-774B-BCCE-B302099A8057"))
        #expect(id.description == "01890a5d-ac96-774b-bcce-b302099a8057")
        #expect(UniqueID(bytes: id.bytes) == id)
    }

    @Test(arguments: [
        "", "01890a5d", "01890a5dac96774bbcceb302099a8057", "01890a5d-ac96-774b-bcce-b302099a805",
        "01890a5d-ac96-774b-bcce-b302099a805g", "01890a5d-ac96-774b-bcce-b302099a80577",
    ])
    func `anything else is no identifier`(text: String) {
        #expect(UniqueID(text) == nil)
    }

    @Test func `new identifiers are version 7 and sort by time`() {
        let early = UniqueID(versionSevenAt: Instant(milliseconds: 1_692_061_200_000), random: (.max, .max))
        let late = UniqueID(versionSevenAt: Instant(milliseconds: 1_692_061_200_001), random: (0, 0))
        #expect(early < late)
        #expect(early.bytes[6] >> 4 == 7)
        #expect(early.bytes[8] >> 6 == 2)
        #expect(late.description.hasPrefix("0189f6b4-ee81-7000-8000"))
    }

    @Test(arguments: [
        "DY23-00001", "DY23-00001-R1", "DY23-00001-D12", "DY23-00001-F1", "DY23-Q00001", "DY23-M001", "ABCDEF99-123456",
    ])
    func `the numbers of the formats page read`(text: String) {
        #expect(EntityNumber(text)?.description == text)
    }

    @Test(arguments: [
        "", "D23-00001", "DY23-1", "DY2-00001", "dy23-00001", "DY23-00001-X1", "DY23-00001-R", "DY23-Q00001-R1",
        "DY23-M01",
        "ABCDEFG23-00001", "DY23-00001-R1-R2", "DY23-0000１",
    ])
    func `other texts are no numbers`(text: String) {
        #expect(EntityNumber(text) == nil)
    }

    @Test func `a case number grows past five digits`() {
        #expect(EntityNumber.caseFile(hubCode: "DY", year: 2023, serial: 100_000)?.description == "DY23-100000")
        #expect(EntityNumber.meeting(hubCode: "DY", year: 2009, serial: 7)?.description == "DY09-M007")
    }

    @Test(arguments: ["jiaoyu", "a1", "abcdefghijklmnopqrstuvwx", "x-y"])
    func `department codes`(text: String) {
        #expect(DepartmentCode(text) != nil)
    }

    @Test(arguments: ["", "a", "Jiaoyu", "jiao yu", "教育", "abcdefghijklmnopqrstuvwxy", "a/b", "a@b"])
    func `what is no department code`(text: String) {
        #expect(DepartmentCode(text) == nil)
    }

    @Test func `a post belongs to its department`() {
        #expect(PostCode("jiaoyu/aid")?.department == DepartmentCode("jiaoyu"))
        #expect(PostCode("jiaoyu") == nil)
        #expect(PostCode("jiaoyu/") == nil)
        #expect(PostCode("jiaoyu/a/b") == nil)
    }

    @Test(arguments: ["case:a", "number:DY23-00001", "dept:jiaoyu"])
    func `tags have a known kind and a name`(text: String) {
        #expect(EventTag(text)?.description == text)
    }

    @Test(arguments: ["", "case", "case:", "name:zhang", "case:张", "case:a b"])
    func `what is no tag`(text: String) {
        #expect(EventTag(text) == nil)
    }
}
