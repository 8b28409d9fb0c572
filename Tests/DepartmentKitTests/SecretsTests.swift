import Crypto
import DepartmentKit
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Testing

@Suite struct SecretsTests {
    private let temporary: TemporaryFolder
    private let folder: AdapterFolder
    private let department: DepartmentCode

    init() throws {
        temporary = try TemporaryFolder()
        folder = AdapterFolder(temporary.path + "/jiaoyu")
        department = try #require(DepartmentCode("jiaoyu"))
    }

    private func path(_ name: String) -> String { folder.path + "/keys/" + name }

    @Test func `keys are made once, for their owner only`() throws {
        let sheet = try folder.initialise(department: department)
        #expect(try folder.initialise(department: department) == sheet)
        for name in ["transport.key", "agreement.key", "signing.key"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        let secrets = try DepartmentSecrets(in: folder)
        #expect(secrets.sheet(of: department) == sheet)
    }

    @Test func `a key others could read is refused, with the remedy`() throws {
        _ = try folder.initialise(department: department)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path("signing.key"))
        let fault = #expect(throws: AdapterFault.self) { try DepartmentSecrets(in: folder) }
        #expect(fault?.code == "keys.loose")
        #expect(fault?.field == path("signing.key"))
        #expect(fault?.remedy.contains("chmod 600") == true)
        #expect(throws: AdapterFault.self) { try folder.initialise(department: department) }
    }

    @Test func `a missing or damaged key is named`() throws {
        _ = try folder.initialise(department: department)
        try Data("zz".utf8).write(to: URL(filePath: path("agreement.key")))
        #expect(#expect(throws: AdapterFault.self) { try DepartmentSecrets(in: folder) }?.code == "keys.malformed")
        try FileManager.default.removeItem(atPath: path("agreement.key"))
        #expect(#expect(throws: AdapterFault.self) { try DepartmentSecrets(in: folder) }?.code == "keys.missing")
        // What is left is never replaced: the public halves may be enrolled already.
        #expect(throws: AdapterFault.self) { try folder.initialise(department: department) }
    }

    @Test func `the enrolment sheet survives paper, and a slip is found`() throws {
        let sheet = try folder.initialise(department: department)
        #expect(try EnrolmentSheet(text: sheet.text) == sheet)
        #expect(!sheet.text.contains(HexBytes(try DepartmentSecrets(in: folder).signing.rawRepresentation).description))
        let digit = try #require(sheet.text.range(of: "signing-key: ")?.upperBound)
        var slip = sheet.text
        slip.replaceSubrange(digit...digit, with: sheet.text[digit] == "0" ? "1" : "0")
        #expect(#expect(throws: AdapterFault.self) { try EnrolmentSheet(text: slip) }?.field == "check")
        #expect(#expect(throws: AdapterFault.self) { try EnrolmentSheet(text: "") }?.field == "department")
    }

    @Test func `the hub is pinned once, another one is refused`() throws {
        _ = try folder.initialise(department: department)
        #expect(#expect(throws: AdapterFault.self) { try folder.handOverSheet() }?.code == "sheet.missing")
        let hub = TestHub(script: try SliceScript.danyangEducation())
        _ = try folder.pin(hub.sheet.text)
        #expect(try folder.handOverSheet() == hub.sheet)
        _ = try folder.pin(hub.sheet.text)
        var generator = SeededGenerator(seed: 3)
        let other = HandOverSheet(
            department: department, logID: generator.uniqueID(), controlEndpoint: "tcp://127.0.0.1:1",
            serverKey: hub.sheet.serverKey, signingKey: hub.sheet.signingKey, commandKey: hub.sheet.commandKey)
        #expect(#expect(throws: AdapterFault.self) { try folder.pin(other.text) }?.code == "sheet.otherHub")
        #expect(#expect(throws: AdapterFault.self) { try folder.pin("x") }?.code == "sheet.malformed")
        #expect(try folder.handOverSheet() == hub.sheet)
    }
}
