import CaseDesk
import Casework
import EventSourcing
import Foundation
import HubTesting
import RuleBook
import Testing

/// What the desk refuses before any rule of the domain is asked.
@Suite struct CommandCheckTests {
    @Test func `a command nobody knows is not found`() async throws {
        let bench = try await DeskBench(hasRules: false)
        let error = await bench.refusal(of: try bench.request("OpenSesame", by: bench.principal(.supervisor)))
        #expect(error?.kind == .notFound && error?.code == "command.unknown" && error?.field == "type")
        #expect(try await bench.position == .start)
    }

    @Test(arguments: CommandBook.names)
    func `exactly the roles of a command may send it`(name: String) async throws {
        let bench = try await DeskBench(hasRules: false, named: name)
        let type = try #require(CommandBook.type(named: name))
        #expect(!type.roles.isEmpty)
        for role in Role.allCases {
            let error = await bench.refusal(
                of: try bench.request(name, on: "case/\(bench.newID())", by: bench.principal(role)))
            #expect((error?.code == "access.denied") == !type.roles.contains(role), "\(name) by \(role)")
            if error?.code == "access.denied" { #expect(error?.kind == .forbidden) }
        }
        #expect(try await bench.position == .start)
    }

    @Test(arguments: [
        ("missing", #"{"channel":"station","town":"huangtang"}"#, "body.missingField", "open.applicant"),
        (
            "wrong type", #"{"applicant":7,"channel":"station","town":"huangtang"}"#, "body.wrongType", "open.applicant"
        ),
        (
            "not a value", #"{"applicant":"x","channel":"station","town":"huangtang"}"#, "body.invalidValue",
            "open.applicant"
        ),
        (
            "unknown word",
            #"{"applicant":"01890a5d-ac96-774b-bcce-b302099a8057","channel":"pigeon","town":"huangtang"}"#,
            "body.invalidValue", "open.channel"
        ),
        (
            "unknown field",
            #"{"applicant":"01890a5d-ac96-774b-bcce-b302099a8057","channel":"station","town":"huangtang","#
                + #""items":[{"policyItem":"a.b","price":1}]}"#,
            "body.unknownField", "open.items[0].price"
        ),
        ("a list", "[]", "body.wrongType", "open"),
        ("nothing", "null", "body.missingField", "open"),
    ])
    func `a body that does not read is told by field`(
        what: String, open: String, code: String, field: String
    ) async throws {
        let bench = try await DeskBench(hasRules: false, named: what)
        let value = try EventJSON.decode(JSONValue.self, from: Data(open.utf8))
        let error = await bench.refusal(
            of: try bench.request("SubmitApplication", value, by: bench.principal(.station)))
        #expect(error?.kind == .badRequest)
        #expect(error?.code == code)
        #expect(error?.field == field)
        #expect(error?.remedy.isEmpty == false)
    }

    @Test(arguments: [
        ("AcceptReferral", "case/01890a5d-ac96-774b-bcce-b302099a8057"), ("AcceptReferral", ""),
        ("AcceptReferral", "referral/7"), ("AcceptReferral", "unicorn/01890a5d-ac96-774b-bcce-b302099a8057"),
        ("SubmitApplication", "item/01890a5d-ac96-774b-bcce-b302099a8057"),
    ])
    func `a command addressed to the wrong kind of thing is refused`(name: String, subject: String) async throws {
        let bench = try await DeskBench(named: name)
        let open: JSONValue =
            name == "AcceptReferral"
            ? .object(["handlingPost": .string("jiaoyu/aid")])
            : try EventJSON.decode(
                JSONValue.self, from: EventJSON.encode(bench.application(of: PersonReference(bench.newID()))))
        let principal = name == "AcceptReferral" ? bench.handler(of: DeskBench.jiaoyu) : bench.principal(.station)
        let error = await bench.refusal(of: try bench.request(name, open, on: subject, by: principal))
        #expect(error?.kind == .badRequest && error?.code == "command.subject" && error?.field == "subject")
    }

    @Test func `what nobody recorded is not found`() async throws {
        let bench = try await DeskBench()
        let error = await bench.refusal(
            of: try bench.request(
                ReceiveReferral(), on: .referral(ReferralID(bench.newID())), by: bench.handler(of: DeskBench.jiaoyu)))
        #expect(error?.kind == .notFound)
    }

    @Test func `nothing happens in the future`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let before = try await bench.position
        let application = bench.application(of: person)
        let soon = bench.clock.now().advanced(byMilliseconds: 1)
        let error = await bench.refusal(
            of: try bench.request(application, by: bench.principal(.station), occurredAt: soon))
        #expect(error?.kind == .invalidValue && error?.code == "body.future" && error?.field == "occurredAt")
        #expect(try await bench.position == before)
        let now = await bench.refusal(
            of: try bench.request(application, by: bench.principal(.station), occurredAt: bench.clock.now()))
        #expect(now == nil)
    }

    @Test func `a department acts through its own posts only`() async throws {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let subject = Subject.referral(referral).text
        let foreign = await bench.refusal(
            of: try bench.request(
                "ReceiveReferral", on: subject, by: bench.handler(of: DeskBench.jiaoyu),
                actingPost: DeskBench.post("fulian/aid")))
        #expect(foreign?.kind == .forbidden && foreign?.code == "access.post" && foreign?.field == "actingPost")
        let own = await bench.refusal(
            of: try bench.request(
                "ReceiveReferral", on: subject, by: bench.handler(of: DeskBench.jiaoyu),
                actingPost: DeskBench.post("jiaoyu/desk")))
        #expect(own == nil)
    }

    @Test(
        arguments: [
            ("minzheng/desk", Role.dispatcher, nil), ("minzheng/nobody", .dispatcher, "access.postUnknown"),
            ("minzheng/desk", .supervisor, "access.postOfOtherRole"),
            ("jiaoyu/aid", .supervisor, "access.postOfOtherRole"),
        ] as [(String, Role, String?)])
    func `the centre acts from posts the rule book gives its role`(post: String, role: Role, code: String?) async throws
    {
        let bench = try await DeskBench()
        let (caseFile, item) = try await bench.openCase(of: try await bench.registerPerson())
        let triage = JSONValue.object([
            "items": .array([.object(["item": .string(item.description), "path": .string("refer")])])
        ])
        let refusal = await bench.refusal(
            of: try bench.request(
                "CompleteTriage", triage, on: Subject.caseFile(caseFile).text, by: bench.principal(role),
                actingPost: DeskBench.post(post)))
        #expect(refusal?.code == code && (code == nil || refusal?.kind == .forbidden))
        #expect(code == nil || refusal?.field == "actingPost")
    }

    @Test func `a handler does not act from the post of the head`() async throws {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let refusal = await bench.refusal(
            of: try bench.request(
                "ReceiveReferral", on: Subject.referral(referral).text, by: bench.handler(of: DeskBench.jiaoyu),
                actingPost: DeskBench.post("jiaoyu/aid")))
        #expect(refusal?.code == "access.postOfHead")
    }

    @Test func `many rules are published together or not at all`() async throws {
        let bench = try await DeskBench()
        let before = try await bench.position
        let good = PolicyItem(
            code: DeskBench.name("new.item"), name: Label("新", "new"), department: DeskBench.jiaoyu, basis: "test")
        var bad = good
        bad.code = DeskBench.name("bad.item")
        bad.department = DeskBench.post("nobody/x").department
        let refused = await bench.refusal(
            of: try bench.request(
                PublishRules(publications: [.publishPolicyItem(good), .publishPolicyItem(bad)]),
                by: bench.principal(.operator)))
        #expect(refused?.code == "rules.unknownDepartment" && refused?.field == "publications[1]")
        #expect(try await bench.position == before)
        let receipt = try await bench.perform(
            PublishRules(publications: [
                .publishPolicyItem(good),
                .succeedDepartment(
                    DepartmentSuccession(
                        department: DeskBench.post("minzheng/desk").department, successor: DeskBench.jiaoyu,
                        from: DeskBench.day("2023-08-01"), basis: "test")),
            ]), by: bench.principal(.operator))
        #expect(receipt.events.map(\.type) == ["PolicyItemPublished", "DepartmentSucceeded"])
    }

    @Test func `a command carries its own sealed groups only`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let (_, referral) = try await bench.dispatchReferral(of: person)
        let error = await bench.refusal(
            of: try bench.request(
                AcceptReferral(handlingPost: DeskBench.post("jiaoyu/aid")), on: .referral(referral),
                sealed: [
                    SealedValue(group: .narrative, person: person, value: .string("x")),
                    SealedValue(group: .contact, person: person, value: .string("x")),
                ], by: bench.handler(of: DeskBench.jiaoyu)))
        #expect(error?.kind == .badRequest && error?.code == "body.sealedGroup")
        #expect(error?.field == "sealed[1].group")
    }

    @Test func `every sealed part names a person the hub knows`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let before = try await bench.position
        let unnamed = await bench.refusal(
            of: try bench.request(
                bench.application(of: person),
                sealed: [SealedValue(group: .narrative, person: nil, value: .string("x"))],
                by: bench.principal(.station)))
        #expect(unnamed?.code == "body.missingField" && unnamed?.field == "sealed[0].person")
        let stranger = await bench.refusal(
            of: try bench.request(
                bench.application(of: person),
                sealed: [
                    SealedValue(group: .narrative, person: person, value: .string("x")),
                    SealedValue(group: .contact, person: PersonReference(bench.newID()), value: .string("x")),
                ], by: bench.principal(.station)))
        #expect(stranger?.kind == .invalidValue && stranger?.code == "person.unknown")
        #expect(stranger?.field == "sealed[1].person")
        #expect(try await bench.position == before)
    }
}
