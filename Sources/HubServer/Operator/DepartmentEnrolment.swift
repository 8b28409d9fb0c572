import CaseDesk
import Casework
package import DepartmentKit
import EventSourcing
import FeedProtocol
import FoundationEssentials
import RuleBook

/// Registers a department's public keys and prints the sheet it pins.
package struct DepartmentEnrolment: Sendable {
    private let folder: HubFolder

    package init(folder: HubFolder) {
        self.folder = folder
    }

    private struct Report: Encodable {
        let department: String
        let check: String
        let sheet: String
        let file: String?
    }

    /// Enrols one department.
    ///
    /// - Parameters:
    ///   - sheet: File with what `onedoor adapter init` printed.
    ///   - out: File for the hand-over sheet.
    /// - Throws: ``CommandFailure`` naming the line of the sheet that is wrong, or the rule that refuses.
    package func run(department: String, sheet path: String, out: String?, console: Console)
        async throws(CommandFailure)
    {
        guard let text = (try? Data(contentsOf: URL(filePath: path))).map({ String(decoding: $0, as: UTF8.self) })
        else {
            throw CommandFailure(
                .badInput, code: "sheet.unreadable", field: path, chinese: "登记单读不到",
                english: "the enrolment sheet cannot be read", remedy: "检查文件名 / check the file name")
        }
        let sheet: EnrolmentSheet
        do throws(AdapterFault) {
            sheet = try EnrolmentSheet(text: text)
        } catch {
            throw CommandFailure(error)
        }
        guard sheet.department.description == department else {
            throw CommandFailure(
                .badInput, code: "sheet.otherDepartment", field: "--department", chinese: "登记单是 \(sheet.department) 的",
                english: "the sheet is \(sheet.department)'s", remedy: "核对部门代码 / check the department")
        }
        let door = try await HubDoors.open(folder)
        do throws(CommandFailure) {
            let handOver = try await Self.enrol(sheet, through: door)
            await door.close()
            if let out { try TokenDesk.write(handOver.text, to: out) }
            console.say(out == nil ? handOver.text : "交接单在 \(out ?? "") – the hand-over sheet is there")
            console.say("校验码 check group \(handOver.checkGroup)")
            console.result(
                Report(department: department, check: handOver.checkGroup, sheet: handOver.text, file: out))
        } catch {
            await door.close()
            throw error
        }
    }

    /// Registers the keys and makes the sheet the department pins.
    static func enrol(_ sheet: EnrolmentSheet, through door: any HubDoor) async throws(CommandFailure) -> HandOverSheet
    {
        let account = try await door.relayAccount(of: sheet.department)
        guard let transport = PublicKeyText(bytes: sheet.transportKey),
            let agreement = PublicKeyText(bytes: sheet.agreementKey),
            let signing = PublicKeyText(bytes: sheet.signingKey)
        else { preconditionFailure("an enrolment sheet holds keys of 32 bytes") }
        let keys = DepartmentKeys(
            department: sheet.department, transport: transport, agreement: agreement, signing: signing,
            account: account)
        _ = try await door.perform(
            RegisterDepartmentKeys.name, subject: "",
            body: CommandBody(open: JSONValue(encoding: RegisterDepartmentKeys(keys: keys))),
            id: IdentifierSource().next(at: WallClock().now()))
        let address = try await door.feedAddress()
        guard let server = HexBytes(address.serverKey)?.bytes, let hub = HexBytes(address.signingKey)?.bytes,
            let command = HexBytes(address.commandKey)?.bytes
        else { preconditionFailure("the hub's own keys are hexadecimal") }
        return HandOverSheet(
            department: sheet.department, logID: address.logID, controlEndpoint: address.controlEndpoint,
            serverKey: server, signingKey: hub, commandKey: command)
    }
}

extension CommandFailure {
    /// The adapter's trouble at the command line.
    package init(_ fault: AdapterFault) {
        let status: ExitStatus =
            switch fault.kind {
            case .configuration: .configuration
            case .badInput: .badInput
            case .cannotCreate: .cannotCreate
            case .tryAgain: .tryAgain
            case .unreachable: .unreachable
            case .usage: .usage
            case .nothingMatched: .nothingMatched
            }
        self.init(
            status, code: fault.code, field: fault.field, chinese: fault.chinese, english: fault.english,
            remedy: fault.remedy)
    }
}
