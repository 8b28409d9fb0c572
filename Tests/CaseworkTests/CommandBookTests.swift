import Casework
import EventSourcing
import Foundation
import Registry
import RuleBook
import Testing

@Suite struct CommandBookTests {
    @Test func `every command has its own name and can be found by it`() {
        #expect(CommandBook.names.count == 140)
        #expect(Set(CommandBook.names).count == CommandBook.names.count)
        for type in CommandBook.commands {
            #expect(CommandBook.type(named: type.name)?.name == type.name)
            #expect(type.subjects.contains(type.subjectKind))
            #expect(!type.roles.isEmpty, "\(type.name)")
            #expect(type == DeclareConflict.self || !type.roles.contains(.auditor), "\(type.name)")
            #expect(!type.sealedGroups.contains(.signedCommand) && !type.sealedGroups.contains(.reference))
        }
        #expect(CommandBook.type(named: "DropEverything") == nil)
    }

    @Test func `what the desk records by itself cannot be sent`() {
        for type in CommandBook.deskCommands { #expect(CommandBook.type(named: type.name) == nil, "\(type.name)") }
    }

    @Test func `an order's fields are the body itself, and an unknown one is refused`() throws {
        let body = Data(#"{"task":"trace.spouse","people":{}}"#.utf8)
        #expect(try BodyReader.read(DispatchReferral.self, from: body).order.task == Fixture.task("trace.spouse"))
        #expect(throws: BodyError.self) {
            try BodyReader.read(DispatchReferral.self, from: Data(#"{"task":"trace.spouse","urgent":true}"#.utf8))
        }
        #expect(throws: BodyError.self) {
            try BodyReader.read(CloseHelpRequest.self, from: Data(#"{"outcome":"vanished"}"#.utf8))
        }
    }

    @Test(arguments: SubjectKind.allCases) func `a subject is read as it is written`(kind: SubjectKind) {
        let id = (Fixture.id(1) as CaseID).unique
        guard let subject = Subject(kind, id) else {
            #expect(kind == .none)
            #expect(Subject("") == Subject.none)
            return
        }
        #expect(Subject(subject.text) == subject)
        #expect(subject.kind == kind)
        #expect(subject.id == id)
    }

    @Test func `a malformed subject is none at all`() {
        for text in ["case", "case/", "case/1", "court/\(Fixture.id(1) as CaseID)", "/\(Fixture.id(1) as CaseID)"] {
            #expect(Subject(text) == nil, "\(text)")
        }
    }

    @Test func `every refusal speaks both languages`() {
        func check<R: ToldRefusal & CaseIterable>(_ type: R.Type) {
            for refusal in type.allCases {
                let told = refusal.told
                #expect(told.code == "\(R.concept).\(refusal.rawValue)")
                #expect(told.chinese.hasSuffix("。") && told.english.hasSuffix("."), "\(told.code)")
                #expect(told.kind != .invalidField || !told.field.isEmpty, "\(told.code) names its field")
            }
        }
        check(ReferralRefusal.self)
        check(CaseFileRefusal.self)
        check(JointMeetingRefusal.self)
        check(HelpRequestRefusal.self)
        check(FollowUpRefusal.self)
        check(DeadlineRefusal.self)
        check(DeskRefusal.self)
    }

    @Test func `a command about something unknown is refused as such`() throws {
        var hub = TestHub()
        let day = Fixture.morning("2023-08-15")
        func kind(_ send: () throws -> Void) -> CommandRefusal.Kind? {
            do {
                try send()
                return nil
            } catch let refusal as CommandRefusal {
                return refusal.kind
            } catch {
                return nil
            }
        }
        #expect(
            kind {
                try hub.send(AddItem(policyItem: Fixture.item("legal.aid")), to: .caseFile(Fixture.id(1)), at: day)
            } == .unknownSubject)
        #expect(
            kind {
                try hub.send(ReceiveReferral(), to: .referral(Fixture.id(1)), as: .of(Fixture.jiaoyu), at: day)
            } == .unknownSubject)
        #expect(
            kind { try hub.send(HoldJointMeeting(), to: .meeting(Fixture.id(1)), as: .office, at: day) }
                == .unknownSubject)
        #expect(
            kind {
                try hub.send(
                    ReviewFollowUp(finding: .waiting), to: .followUp(Fixture.id(1)), as: .supervisor, at: day)
            } == .unknownSubject)
        #expect(
            kind { try hub.send(CloseHelpRequest(outcome: .notNeeded), to: .request(Fixture.id(1)), at: day) }
                == .unknownSubject)
    }

    @Test func `a rule is published once a version, and the next version has the next number`() throws {
        var hub = TestHub()
        let sender = TestHub.Sender(account: Fixture.id(9), role: .operator)
        let day = Fixture.morning("2023-08-15")
        let department = try #require(Fixture.rules.department(Fixture.jiaoyu))
        try hub.send(RegisterDepartment(department: department), as: sender, at: day)
        var changed = department
        changed.version = 3
        #expect(throws: CommandRefusal.self) {
            try hub.send(RegisterDepartment(department: changed), as: sender, at: day)
        }
    }

    @Test func `a household of registered members is composed through the book`() throws {
        var hub = TestHub()
        let head: PersonReference = Fixture.id(31)
        try hub.register(head, groups: [.identity])
        let composed = try hub.send(
            ComposeHousehold(household: Fixture.id(40), members: [.init(head, .head)]), as: .station,
            at: Fixture.morning("2023-08-15"))
        #expect(composed.map(\.type) == ["HouseholdComposed"])
        #expect(throws: CommandRefusal.self) {
            try hub.send(
                ComposeHousehold(members: [.init(Fixture.id(32), .head)]), as: .station,
                at: Fixture.morning("2023-08-15"))
        }
    }
}
