import EventSourcing
import FoundationEssentials
import Testing

@Suite struct DisclosureTests {
    private let person = PersonReference("01890a5d-ac96-774b-bcce-b302099a8057")

    @Test func `the bytes are those of the formats page`() throws {
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        #expect(Disclosure.none.bytes == Data("{}".utf8))
        #expect(Disclosure([jiaoyu: [DisclosedGroup(.reference)]]).bytes == Data(#"{"jiaoyu":["reference"]}"#.utf8))
    }

    @Test func `departments and groups are sorted and read back`() throws {
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        let fulian = try #require(DepartmentCode("fulian"))
        let person = try #require(person)
        var disclosure = Disclosure()
        disclosure.add([DisclosedGroup(.schooling, of: person), DisclosedGroup(.reference)], for: jiaoyu)
        disclosure.add([DisclosedGroup(.identity, of: person)], for: jiaoyu)
        disclosure.add([], for: fulian)
        let text = #"{"fulian":[],"jiaoyu":["identity@\#(person)","reference","schooling@\#(person)"]}"#
        #expect(disclosure.bytes == Data(text.utf8))
        #expect(try Disclosure(bytes: disclosure.bytes) == disclosure)
        #expect(disclosure.audience == [fulian, jiaoyu])
    }

    @Test(arguments: [#"{"JIAOYU":[]}"#, #"{"jiaoyu":["secrets"]}"#, #"{"jiaoyu":["identity@x"]}"#, "[]", ""])
    func `other bytes are refused`(text: String) {
        #expect(throws: (any Error).self) { try Disclosure(bytes: Data(text.utf8)) }
    }
}
