import CaseDesk
import EventSourcing
import Foundation
import HubTesting
import RuleBook

/// Keys for the doors' tests: one token a role, encryption in memory.
struct FixedKeys: DeskKeys {
    private let personal: TestPersonalDataKeys

    init(logID: UniqueID) {
        personal = TestPersonalDataKeys(logID: logID)
    }

    /// The token of the one account that has this role.
    static func token(for role: Role) -> String { "od1_test_\(role.rawValue)" }

    static let town = TownCode("huangtang")
    static let department = DepartmentCode("jiaoyu")

    func authenticate(token: String) -> Principal? {
        guard let index = Role.allCases.firstIndex(where: { Self.token(for: $0) == token }) else { return nil }
        let role = Role.allCases[index]
        var generator = SeededGenerator(seed: 1000 + UInt64(index))
        switch role {
        case .station, .village: return Principal(account: generator.id(), role: role, town: Self.town)
        case .department, .departmentHead, .voluntary:
            return Principal(account: generator.id(), role: role, department: Self.department)
        case .dispatcher, .supervisor, .approver, .meetingOffice, .auditor, .operator:
            return Principal(account: generator.id(), role: role)
        }
    }

    func fingerprint(commandType: String, subject: String, body: Data) -> Data {
        var sum: UInt64 = 14_695_981_039_346_656_037
        for byte in Data((commandType + "\n" + subject + "\n").utf8) + body {
            sum = (sum ^ UInt64(byte)) &* 1_099_511_628_211
        }
        return Data((0..<4).flatMap { _ in withUnsafeBytes(of: sum.bigEndian, Array.init) })
    }

    func admitPerson(identity: JSONValue, proposed: PersonReference) throws(DeskError) -> PersonReference { proposed }

    func person(identityNumber: String) throws(DeskError) -> PersonReference? { nil }
    func persons(named fragment: String, limit: Int) throws(DeskError) -> [PersonReference] { [] }
    func persons(withPhone number: String, limit: Int) throws(DeskError) -> [PersonReference] { [] }
    func indexPhones(_ numbers: [String], of person: PersonReference) throws(DeskError) {}

    func seal(_ plaintext: Data, in context: SealedSectionContext) throws(PersonalDataKeysError) -> SealedSection {
        try personal.seal(plaintext, in: context)
    }

    func open(_ section: SealedSection, in context: SealedSectionContext) throws(PersonalDataKeysError) -> Data? {
        try personal.open(section, in: context)
    }
}
