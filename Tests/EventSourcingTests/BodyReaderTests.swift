import EventSourcing
import FoundationEssentials
import Testing

@Suite struct BodyReaderTests {
    private struct Inner: Codable, Equatable {
        var department: DepartmentCode
        var note: String?
    }

    private struct Body: Codable, Equatable {
        var at: Instant
        var days: Int
        var urgent: Bool?
        var items: [Inner]
    }

    private func failure(_ text: String) -> BodyError? {
        do throws(BodyError) {
            _ = try BodyReader.read(Body.self, from: Data(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func `a whole body reads`() throws {
        let text = #"{"at":"2023-08-15T09:00:00+08:00","days":3,"urgent":null,"items":[{"department":"jiaoyu"}]}"#
        let body = try BodyReader.read(Body.self, from: Data(text.utf8))
        #expect(body.days == 3)
        #expect(body.items.first?.department == DepartmentCode("jiaoyu"))
    }

    @Test(arguments: [
        (#"{"at":"2023-08-15T09:00:00Z","days":3,"items":[],"colour":"red"}"#, BodyError.Code.unknownField, "colour"),
        (
            #"{"at":"2023-08-15T09:00:00Z","days":3,"items":[{"department":"jiaoyu","x":1}]}"#, .unknownField,
            "items[0].x"
        ),
        (#"{"days":3,"items":[]}"#, .missingField, "at"),
        (#"{"at":"2023-08-15T09:00:00Z","days":"3","items":[]}"#, .wrongType, "days"),
        (#"{"at":"2023-02-30T09:00:00Z","days":3,"items":[]}"#, .invalidValue, "at"),
        (
            #"{"at":"2023-08-15T09:00:00Z","days":3,"items":[{"department":"教育"}]}"#, .invalidValue,
            "items[0].department"
        ),
        (#"{"at":"#, .malformedJSON, ""), ("", .malformedJSON, ""), ("\u{0}", .malformedJSON, ""),
    ])
    func `what is wrong is named with its field`(text: String, code: BodyError.Code, field: String) {
        let error = failure(text)
        #expect(error?.code == code)
        #expect(error?.field == field)
        #expect(error?.remedy.isEmpty == false)
    }

    @Test func `the value sent never comes back in the remedy`() {
        let error = failure(#"{"at":"321181198601011234","days":3,"items":[]}"#)
        #expect(error?.remedy.contains("321181198601011234") == false)
    }

    @Test(arguments: [#"{"a":1,"b":[true,null,"x",{"c":-5}]}"#, "[]", #""text""#, "true", "null"])
    func `any JSON without fractions survives`(text: String) throws {
        let value = try EventJSON.decode(JSONValue.self, from: Data(text.utf8))
        #expect(try EventJSON.encode(value) == Data(text.utf8))
    }

    @Test func `fractions are refused`() {
        #expect(throws: (any Error).self) { try EventJSON.decode(JSONValue.self, from: Data("1.5".utf8)) }
    }
}
