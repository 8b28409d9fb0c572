import CaseDesk
import EventSourcing

extension DemoStory {
    /// 14 August: the foundation reports the family.
    func knock() async throws(CommandFailure) {
        try await at(
            "2023-08-14 09:30", "基金会负责人来求助:一位卧床的母亲和女儿。登记三个人和这户人家。",
            "The foundation's head reports a bed-ridden mother and her daughter; three people are registered.")
        try await register(
            "woman", minor: false,
            [
                (.identity, ["name": .string(Self.woman), "idNumber": "32118119860305002X", "sex": "female"]),
                (.contact, ["address": .string(Self.address), "phone": "13900000001"]),
                (.alias, ["alias": "阳光家庭"]),
            ])
        try await register(
            "daughter", minor: true,
            [
                (.identity, ["name": .string(Self.daughter), "idNumber": "321181201111200049", "sex": "female"]),
                (.alias, ["alias": "小阳光"]),
            ])
        try await register(
            "husband", minor: false,
            [(.identity, ["name": .string(Self.husband), "idNumber": "32118119841012001X", "sex": "male"])])
        let household = try await stage.perform(
            .station, "ComposeHousehold",
            open: [
                "members": [
                    ["person": try await person("woman"), "relation": "head"],
                    ["person": try await person("husband"), "relation": "spouse", "from": "2010", "to": "2015-03"],
                    ["person": try await person("daughter"), "relation": "child", "from": "2011-11"],
                ],
                "benefits": [["person": try await person("woman"), "code": "disability.allowances"]],
                "pairings": [["sponsor": "jijinhui", "from": "2022"]],
            ])
        try await name("household", "household", in: household)
        let request = try await stage.perform(
            .dispatcher, "RecordHelpRequest",
            open: [
                "channel": "socialOrganisation", "reporter": "socialOrganisation", "reporterDepartment": "jijinhui",
                "town": "huangtang", "person": try await person("woman"),
                "household": .string("\(try await stage.id("household"))"),
            ])
        try await name("request", "request", in: request)
    }

    private func register(
        _ name: String, minor: Bool, _ parts: [(FieldGroup, JSONValue)]
    ) async throws(CommandFailure) {
        let receipt = try await stage.perform(
            .station, "RegisterPerson", open: ["minor": .bool(minor)],
            sealed: parts.map { SealedValue(group: $0.0, person: nil, value: $0.1) })
        try await self.name(name, "person", in: receipt)
    }

    /// 15 August: the visit, the signature, the triage.
    func apply() async throws(CommandFailure) {
        try await at(
            "2023-08-15 10:00", "上门。张某签字申请:基本生活、女儿上学、督促抚养、法律援助。二十个工作日内一口出。",
            "Visit; she signs. Four items. The promise of 20 working days begins.")
        let application = try await stage.perform(
            .station, "SubmitApplication",
            open: [
                "applicant": try await person("woman"), "channel": "socialOrganisation", "town": "huangtang",
                "household": .string("\(try await stage.id("household"))"),
                "request": .string("\(try await stage.id("request"))"), "locationProtected": true,
                "items": [
                    ["policyItem": "living.support"],
                    ["policyItem": "education.grant", "person": try await person("daughter")],
                    ["policyItem": "family.mediation"], ["policyItem": "legal.aid"],
                ],
            ])
        try await name("case", "case", in: application)
        let items = application.created.filter { $0.kind == "item" }
        for (name, item) in zip(["living", "education", "mediation", "legalAid"], items) {
            await stage.name(name, item.id)
        }
        try await stage.perform(
            .station, "GrantAuthorization", try await caseFile(),
            open: ["scope": ["economicCheck", "disclosureToDepartments", "disclosureToVoluntary"]])
        try await stage.perform(
            .station, "CompleteVisit", try await caseFile(), open: ["purpose": "intake", "visitors": 2],
            sealed: try await findings())
        for item in ["living", "education", "mediation", "legalAid"] {
            try await stage.perform(.dispatcher, "AcceptApplication", "item/\(try await stage.id(item))")
        }
        try await at(
            "2023-08-15 15:30", "研判:哪一家单独都办不成,四个事项都上联席会议。",
            "Triage: no body can do this alone; all four items go to a joint meeting.")
        var paths: [JSONValue] = []
        for item in ["living", "education", "mediation", "legalAid"] {
            paths.append(["item": .string("\(try await stage.id(item))"), "path": "jointMeeting"])
        }
        try await stage.perform(.dispatcher, "CompleteTriage", try await caseFile(), open: ["items": .array(paths)])
        let meeting = try await stage.perform(
            .dispatcher, "RequestJointMeeting", try await caseFile(), open: ["kind": "jointMeeting"])
        try await name("meeting", "meeting", in: meeting)
    }

    private func findings() async throws(CommandFailure) -> [SealedValue] {
        let woman = try await reference("woman")
        let daughter = try await reference("daughter")
        return [
            SealedValue(group: .health, person: woman, value: ["note": .string(Self.illness), "selfCare": "none"]),
            SealedValue(group: .household, person: woman, value: ["adults": 1, "children": 1]),
            SealedValue(group: .familyConflict, person: woman, value: ["note": .string(Self.marriage)]),
            SealedValue(group: .meansConclusion, person: woman, value: ["conclusion": "hardship"]),
            SealedValue(group: .capability, person: woman, value: ["class": "limited"]),
            SealedValue(group: .tags, person: woman, value: ["codes": ["severelyDisabled"]]),
            SealedValue(group: .schooling, person: daughter, value: ["school": .string(Self.school)]),
        ]
    }
}
