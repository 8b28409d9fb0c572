import CaseDesk
import Casework
import EventSourcing
import Foundation
import HTTPTypes
import HubServer
import Testing

@testable import HubAPI

/// `schemas/openapi.yaml` is what the program serves.
@Suite struct APIDescriptionTests {
    static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private let description = OpenAPIDocument()

    @Test func `the committed description is the one the program generates`() throws {
        let committed = try String(contentsOfFile: Self.project + "/schemas/openapi.yaml", encoding: .utf8)
        #expect(
            committed == GeneratedText.openAPI,
            "write it anew: .build/debug/onedoor openapi > schemas/openapi.yaml")
    }

    @Test func `every type of the API shows its JSON`() {
        #expect(description.gaps == [])
    }

    @Test func `the description names every operation at every address and no other`() throws {
        var described: Set<String> = []
        for (path, methods) in try members(description.document["paths"]) {
            for (method, operation) in try members(methods) {
                described.insert("\(method.uppercased()) \(path)")
                #expect(operation["operationId"]?.text?.isEmpty == false)
            }
        }
        let addresses = Operation.allCases.flatMap { operation in
            OpenAPIDocument.addresses(of: operation).map { "\(operation.route.method.rawValue) \($0.path)" }
        }
        #expect(described == Set(addresses))
        #expect(Set(addresses).count == addresses.count)
        for operation in Operation.allCases { #expect(!OpenAPIDocument.addresses(of: operation).isEmpty) }
        let commands = Set(
            Operation.allCases.flatMap { OpenAPIDocument.addresses(of: $0) }.compactMap(\.command))
        #expect(commands == Set(CommandBook.names))
    }

    @Test func `the router serves every address of the description`() async throws {
        let table = MethodTable(HubAPI.routes)
        for (path, methods) in try members(description.document["paths"]) {
            let concrete = path.replacingOccurrences(of: "{id}", with: UUID().uuidString)
            for method in try members(methods).keys {
                #expect(table.methods(of: concrete).map { $0.rawValue.lowercased() }.contains(method), "\(path)")
            }
        }
        try await APIFixture.serve { hub async throws in
            for (path, methods) in try members(description.document["paths"]) where methods["post"] != nil {
                let answer = try await hub.send("POST", path.replacingOccurrences(of: "{id}", with: UUID().uuidString))
                #expect(answer.status == 401, "\(path)")
            }
            #expect(try await hub.get("/openapi.json").json == description.document)
        }
    }

    @Test func `every reference of the description leads somewhere`() throws {
        var references: Set<String> = []
        collect(description.document, into: &references)
        #expect(references.count > CommandBook.names.count)
        for reference in references {
            let parts = reference.split(separator: "/").dropFirst()
            let target = parts.reduce(Optional(description.document)) { $0?[String($1)] }
            #expect(target != nil, "\(reference)")
        }
    }

    private func collect(_ value: JSONValue, into references: inout Set<String>) {
        switch value {
        case .object(let members):
            if let reference = members["$ref"]?.text { references.insert(reference) }
            for member in members.values { collect(member, into: &references) }
        case .array(let elements): for element in elements { collect(element, into: &references) }
        case .null, .bool, .integer, .string: break
        }
    }

    private func members(_ value: JSONValue?) throws -> [String: JSONValue] {
        guard case .object(let members)? = value else { throw NoObject() }
        return members
    }

    private struct NoObject: Error {}
}
