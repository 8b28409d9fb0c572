import Foundation
import RuleBook
import Testing

/// The permission table against a second copy of it, written apart from the code: `Data/permissions.csv`.
@Suite struct PermissionTableTests {
    /// One cell as the file says it.
    struct Cell: Sendable, CustomTestStringConvertible {
        let action: String
        let role: String
        let rule: String

        var testDescription: String { "\(action) by \(role)" }
    }

    private static let lines: [[String]] = {
        guard let url = Bundle.module.url(forResource: "permissions", withExtension: "csv", subdirectory: "Data"),
            let text = try? String(contentsOf: url, encoding: .utf8)
        else { return [] }
        return text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    }()

    static let cells: [Cell] = lines.dropFirst().flatMap { line in
        zip(lines[0], line).dropFirst().map { Cell(action: line[0], role: $0, rule: $1) }
    }

    @Test func `the file has a row for every action and a column for every role, each once`() {
        #expect(Self.lines.first?.dropFirst().sorted() == Role.allCases.map(\.rawValue).sorted())
        #expect(Self.lines.dropFirst().compactMap(\.first).sorted() == Action.allCases.map(\.rawValue).sorted())
        #expect(Self.cells.count == Action.allCases.count * Role.allCases.count)
    }

    @Test(arguments: cells) func `§4.8: each cell allows what the file says`(cell: Cell) throws {
        let action = try #require(Action(rawValue: cell.action))
        let role = try #require(Role(rawValue: cell.role))
        #expect(PermissionTable.rule(for: action, of: role).description == cell.rule)
        #expect(PermissionTable.roles(for: action).contains(role) == (cell.rule != "-"))
    }

    @Test func `an auditor changes nothing but to say whom he may not judge`() {
        let allowed = Action.allCases.filter { PermissionTable.rule(for: $0, of: .auditor) != .denied }
        #expect(
            Set(allowed) == [
                .declareConflict, .readCases, .openCase, .revealRecords, .replayCases, .readWorklist, .readEmergencies,
                .readRules, .readMeetings, .readExtracts,
            ])
    }

    @Test func `the operator sees no case`() {
        for action in [Action.readCases, .revealRecords, .replayCases, .findPeople, .readWorklist, .readMeetings] {
            #expect(PermissionTable.rule(for: action, of: .operator) == .denied, "\(action)")
        }
    }
}
