import CaseDesk
import Casework
import Crypto
import Deadlines
import EventSourcing
import FeedProtocol
import Foundation
import RuleBook
import WorkingCalendar

extension DeskBench {
    static let grant = name("education.grant") as PolicyItemCode

    func layDownRules() async throws {
        let operatorAccount = principal(.operator)
        for (code, kind) in [
            (Self.jiaoyu, DepartmentKind.statutory), (Self.fulian, .massOrganisation),
            (Self.jijinhui, .voluntary),
        ] {
            let department = Department(
                code: code, kind: kind, name: Label(code.description, code.description),
                posts: [
                    .init(code: Self.post("\(code)/aid"), name: Label("经办", "aid"), head: true),
                    .init(code: Self.post("\(code)/desk"), name: Label("窗口", "desk")),
                ])
            try await perform(RegisterDepartment(department: department), by: operatorAccount)
            try await perform(RegisterDepartmentKeys(keys: publicKeys(of: code)), by: operatorAccount)
        }
        let centre = Department(
            code: Self.post("minzheng/desk").department, kind: .statutory, name: Label("民政", "civil affairs"),
            posts: [.init(code: Self.post("minzheng/desk"), name: Label("派单", "desk"), roles: [.dispatcher])])
        try await perform(RegisterDepartment(department: centre), by: operatorAccount)
        try await perform(
            PublishCalendar(
                calendar: CalendarDocument(
                    version: "CN-2023.1", first: Self.day("2023-01-01"), firmUntil: Self.day("2023-12-28"),
                    offWeekdays: [Self.day("2023-09-29")], makeupWorkdays: [Self.day("2023-10-07")])),
            by: operatorAccount)
        try await perform(
            PublishPolicyItem(
                item: PolicyItem(
                    code: Self.grant, name: Label("助学金", "study grant"), department: Self.jiaoyu,
                    limit: .workingDays(7), basis: "test")),
            by: operatorAccount)
        try await perform(
            ReviseDispatchCatalog(
                task: DispatchTask(
                    code: Self.name("study.grant"), name: Label("助学", "study grant"), items: [Self.grant],
                    participants: [
                        .init(Self.jiaoyu, .lead, slice: [.init(.applicant, [.identity, .contact, .schooling])]),
                        .init(Self.fulian, .coHandler, slice: [.init(.applicant, [.identity])]),
                    ], basis: "test", purpose: "study grant")),
            by: operatorAccount)
    }

    /// The public halves; `others` replaces the secrets, as after a loss.
    func publicKeys(of department: DepartmentCode, _ others: DepartmentSecrets? = nil) -> DepartmentKeys {
        guard let secrets = others ?? departments[department],
            let transport = PublicKeyText(bytes: SHA256.hash(data: Data(department.description.utf8))),
            let agreement = PublicKeyText(bytes: secrets.agreement.publicKey.rawRepresentation),
            let signing = PublicKeyText(bytes: secrets.signing.publicKey.rawRepresentation)
        else { preconditionFailure("keys are 32 bytes") }
        return DepartmentKeys(
            department: department, transport: transport, agreement: agreement, signing: signing,
            account: secrets.account)
    }

    static func code(_ text: String) -> DepartmentCode {
        guard let code = DepartmentCode(text) else { preconditionFailure(text) }
        return code
    }

    static func post(_ text: String) -> PostCode {
        guard let post = PostCode(text) else { preconditionFailure(text) }
        return post
    }

    static func town(_ text: String) -> TownCode {
        guard let town = TownCode(text) else { preconditionFailure(text) }
        return town
    }

    static func day(_ text: String) -> CivilDay {
        guard let day = CivilDay(text) else { preconditionFailure(text) }
        return day
    }

    static func name<Named>(_ text: String) -> RuleName<Named> {
        guard let name = RuleName<Named>(text) else { preconditionFailure(text) }
        return name
    }
}
