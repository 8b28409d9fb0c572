import CaseDesk
import CaseViews
import Casework
import EventSourcing
import Foundation
import HubTesting
import RuleBook
import Testing

/// Finding, opening, files and messages at the counter.
@Suite struct CounterTests {
    private static let card = "32118119860305002X"

    private func taken(_ bench: DeskBench) async throws {
        let events = try await bench.log.readAll(.all).events
        try await bench.views.apply(events)
    }

    private func elsewhere(_ bench: DeskBench) -> Principal {
        Principal(account: AccountID(bench.newID()), role: .station, town: TownCode("yunyang"))
    }

    private func numbers(_ answer: FindAnswer) -> [String] {
        answer.people.flatMap(\.cases).map(\.number.description)
    }

    // MARK: Finding

    @Test func `a person is found by card, two characters of the name, telephone and case number, masked`()
        async throws
    {
        let bench = try await DeskBench()
        let contact = SealedValue(group: .contact, person: nil, value: .object(["phone": .string("139 0000-0001")]))
        let identity = SealedValue(group: .identity, person: nil, value: DeskBench.identity("王小明", Self.card))
        let person = try await bench.perform(
            RegisterPerson(), sealed: [identity, contact], by: bench.principal(.station)
        ).person()
        _ = try await bench.openCase(of: person)
        try await taken(bench)
        let before = try await bench.position
        let number = try #require(EntityNumber("DY23-00001"))
        for question in [
            FindQuestion(idNumber: Self.card.lowercased()), FindQuestion(name: "小明"), FindQuestion(name: "王 小"),
            FindQuestion(phone: "+86 13900000001"), FindQuestion(number: number),
        ] {
            let answer = try await bench.desk.find(question, by: bench.principal(.station))
            #expect(answer.people.map(\.person) == [person], "\(question)")
            #expect(answer.people.first?.name == "王**")
            #expect(numbers(answer) == [number.description])
            #expect(answer.statuses.isEmpty)
        }
        #expect(try await bench.position == before, "a masked list is no reveal")
    }

    @Test func `a question must read: check character, two characters, digits, exactly one thing`() async throws {
        let bench = try await DeskBench(hasRules: false)
        let station = bench.principal(.station)
        for (question, field) in [
            (FindQuestion(idNumber: "321181198603050021"), "idNumber"), (FindQuestion(name: "王"), "name"),
            (FindQuestion(phone: "12a"), "phone"), (FindQuestion(), ""),
            (FindQuestion(idNumber: Self.card, name: "王小"), ""),
        ] {
            do throws(DeskError) {
                _ = try await bench.desk.find(question, by: station)
                Issue.record("\(question) reads")
            } catch {
                #expect(error.kind == .invalidValue && error.code == "find.malformed" && error.field == field)
            }
        }
        for role in [Role.auditor, .operator, .department] {
            await #expect(throws: DeskError.self) {
                _ = try await bench.desk.find(FindQuestion(name: "王小"), by: bench.principal(role))
            }
        }
    }

    @Test func `any station tells the state on a card or number, nothing more, and it is recorded once`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.desk.perform(bench.registration("王小明", number: Self.card)).person()
        let (caseFile, _) = try await bench.openCase(of: person)
        try await taken(bench)
        let stranger = elsewhere(bench)
        for _ in 0..<2 {
            let answer = try await bench.desk.find(FindQuestion(idNumber: Self.card), by: stranger)
            #expect(numbers(answer).isEmpty)
            #expect(answer.statuses.map(\.state) == [.open])
        }
        #expect(try await bench.desk.find(FindQuestion(name: "小明"), by: stranger).people.isEmpty)
        let readings = try await bench.log.readAll(.tagged(.caseFile(caseFile), types: ["RecordsRead"])).events
        #expect(readings.count == 1)
    }

    @Test func `any station answers how far a case is on its receipt or a card: words and a day, recorded once`()
        async throws
    {
        let bench = try await DeskBench()
        let person = try await bench.desk.perform(bench.registration("王小明", number: Self.card)).person()
        let (caseFile, _) = try await bench.openCase(of: person)
        try await taken(bench)
        let receipt = try #require(await bench.views.caseRow(caseFile)?.receipt)
        let stranger = elsewhere(bench)
        for question in [StatusQuestion(receipt: receipt), StatusQuestion(idNumber: Self.card)] {
            let answer = try await bench.desk.tellStatus(question, by: stranger)
            #expect(answer.cases.map(\.nextStep) == [.triage] && answer.cases.map(\.whoseMove) == [.centre])
            #expect(answer.cases.map(\.state) == [.open] && answer.cases.map(\.stage) == [.triage])
            let json = String(decoding: try EventJSON.encode(answer), as: UTF8.self)
            for hidden in ["王", Self.card, "DY23", caseFile.description, person.description, "living"] {
                #expect(!json.contains(hidden), "\(hidden) is told")
            }
        }
        let readings = try await bench.log.readAll(.tagged(.caseFile(caseFile), types: ["RecordsRead"])).events
        #expect(readings.count == 1)
        let unknown = try #require(ReceiptCode("0000-0000"))
        #expect(try await bench.desk.tellStatus(StatusQuestion(receipt: unknown), by: stranger).cases.isEmpty)
    }

    @Test func `the status is asked with one thing that reads, and by stations and the centre alone`() async throws {
        let bench = try await DeskBench(hasRules: false)
        let receipt = try #require(ReceiptCode("7KQ3-M9TD"))
        for question in [
            StatusQuestion(), StatusQuestion(receipt: receipt, idNumber: Self.card),
            StatusQuestion(idNumber: "321181198603050021"),
        ] {
            do throws(DeskError) {
                _ = try await bench.desk.tellStatus(question, by: bench.principal(.station))
                Issue.record("\(question) reads")
            } catch {
                #expect(error.code == "find.malformed")
            }
        }
        for role in [Role.village, .department, .auditor, .operator, .approver, .meetingOffice, .voluntary] {
            await #expect(throws: DeskError.self) {
                _ = try await bench.desk.tellStatus(StatusQuestion(receipt: receipt), by: bench.principal(role))
            }
        }
    }

    @Test func `N-8: nobody finds or opens the case of somebody they are in conflict with`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.desk.perform(bench.registration("王小明", number: Self.card)).person()
        let (caseFile, _) = try await bench.openCase(of: person)
        try await taken(bench)
        let dispatcher = bench.principal(.dispatcher)
        let row = try #require(await bench.views.caseRow(caseFile))
        #expect(try await bench.desk.maySee(row, dispatcher, for: .openCase))
        try await bench.perform(DeclareConflict(relation: .sibling), on: .person(person), by: dispatcher)
        #expect(try await bench.desk.maySee(row, dispatcher, for: .openCase) == false)
        #expect(try await bench.desk.sight(of: dispatcher, for: .readCases).hiddenPeople == [person])
        #expect(try await bench.desk.find(FindQuestion(idNumber: Self.card), by: dispatcher).people.isEmpty)
        let acts = await bench.refusal(
            of: try bench.request(
                TellApplicant(means: .inPerson), on: .caseFile(caseFile), by: dispatcher))
        #expect(acts?.code == "desk.conflicted" && acts?.kind == .forbidden)
        let opens = await bench.refusal(of: try bench.request(bench.application(of: person), by: dispatcher))
        #expect(opens?.code == "desk.conflicted", "nor opens another")
        #expect(try await bench.desk.maySee(row, bench.principal(.dispatcher), for: .openCase))
    }

    @Test func `a village point sees the cases it took in, a station those of its town, an emergency opens one`()
        async throws
    {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let village = bench.principal(.village)
        let receipt = try await bench.perform(bench.application(of: person), by: village)
        let caseFile = CaseID(try receipt.only("case").id)
        try await taken(bench)
        let row = try #require(await bench.views.caseRow(caseFile))
        #expect(try await bench.desk.maySee(row, village, for: .openCase))
        #expect(try await bench.desk.maySee(row, bench.principal(.village), for: .openCase) == false)
        #expect(try await bench.desk.maySee(row, bench.principal(.station), for: .openCase))
        #expect(try await bench.desk.maySee(row, elsewhere(bench), for: .openCase) == false)
        let handler = bench.handler(of: DeskBench.jiaoyu)
        #expect(try await bench.desk.maySee(row, handler, for: .openCase) == false)
        try await bench.perform(UseEmergencyAccess(reason: .violence, hours: 1), on: .caseFile(caseFile), by: handler)
        #expect(try await bench.desk.maySee(row, handler, for: .openCase))
        bench.clock.advance(byMilliseconds: 3_600_000)
        #expect(try await bench.desk.maySee(row, handler, for: .openCase) == false)
    }

    // MARK: Opening

    @Test func `what is opened is recorded first, and shown as it was sealed`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.desk.perform(bench.registration("王小明", number: Self.card)).person()
        let (caseFile, _) = try await bench.openCase(of: person)
        try await taken(bench)
        let (parts, position) = try await bench.desk.reveal(
            RevealRequest(groups: [.identity], purpose: .handling), of: .caseFile(caseFile), everybody: [person],
            by: bench.principal(.station), id: bench.newID(), bytes: Data("1".utf8))
        #expect(parts.map(\.value) == [DeskBench.identity("王小明", Self.card)])
        let event = try #require(try await bench.log.event(at: position))
        #expect(event.type == "RecordsRead" && event.tags.contains(.caseFile(caseFile)))
        #expect(!String(decoding: event.data ?? Data(), as: UTF8.self).contains("王"))
        await #expect(throws: DeskError.self, "another town") {
            _ = try await bench.desk.reveal(
                RevealRequest(groups: [.identity], purpose: .handling), of: .caseFile(caseFile), everybody: [person],
                by: elsewhere(bench), id: bench.newID(), bytes: Data("2".utf8))
        }
    }

    // MARK: Files

    @Test(arguments: [
        ("%PDF-1.7 …", AttachmentType.pdf), ("#!AMR\n", .amr), ("PK\u{3}\u{4} word/document.xml", .wordDocument),
        ("PK\u{3}\u{4} xl/workbook.xml", .spreadsheet), ("PK\u{3}\u{4} OFD.xml", .ofd), ("RIFF0000WAVE", .wav),
        ("0000ftypheic", .heic), ("0000ftypisom", .mp4), ("ID3", .mp3), ("II*\u{0}", .tiff),
    ])
    func `the type of a file is what its content says`(text: String, type: AttachmentType) {
        #expect(AttachmentType(content: Data(text.utf8)) == type)
    }

    @Test(arguments: ["MZ program", "<html><script>", "#!/bin/sh", "PK\u{3}\u{4} evil.exe", "hello", "<svg>"])
    func `programs, pages and unknown files are not kept, whatever they are called`(text: String) {
        #expect(AttachmentType(content: Data(text.utf8)) == nil)
    }

    @Test func `a file is sealed, stored, named in the log by digest, and given out after a recorded reading`()
        async throws
    {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let (caseFile, _) = try await bench.openCase(of: person)
        let desk = AttachmentDesk(bench.desk)
        let station = bench.principal(.station)
        let content = Data("%PDF-1.7 张小力的病历".utf8)
        let id = bench.newID()
        let (stored, receipt) = try await desk.store(
            content, named: AttachmentName("paper.pdf"), of: person, in: caseFile, by: station, id: id)
        #expect(stored.mediaType == .pdf && stored.file.bytes == Int64(content.count))
        #expect(receipt.events.map(\.type) == ["AttachmentStored"])
        let sealed = try #require(bench.attachments.stored[id])
        #expect(sealed.firstRange(of: Data("PDF".utf8)) == nil, "nothing of it lies there in clear")
        let (_, again) = try await desk.store(
            content, named: AttachmentName("paper.pdf"), of: person, in: caseFile, by: station, id: id)
        #expect(again.repeated && bench.attachments.stored[id] == sealed, "sent again it stays as it was sealed")
        let opened = try await desk.open(
            id, of: person, in: caseFile, purpose: .handling, by: bench.principal(.dispatcher), id: bench.newID())
        #expect(opened == content)
        #expect(try await bench.log.readAll(.types(["RecordsRead"])).events.count == 1)
        var broken = sealed
        broken[broken.count - 1] ^= 1
        try bench.attachments.put(broken, as: id)
        await #expect(throws: DeskError.self, "an altered file is not given out") {
            _ = try await desk.open(
                id, of: person, in: caseFile, purpose: .handling, by: bench.principal(.dispatcher), id: bench.newID())
        }
    }

    @Test func `a file too large, empty, of no kind or for a stranger leaves nothing in the store`() async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let stranger = try await bench.registerPerson("李四")
        let (caseFile, _) = try await bench.openCase(of: person)
        let pdf = Data("%PDF-".utf8)
        for (content, whose) in [
            (Data(), person), (Data("hello".utf8), person), (pdf + Data(count: AttachmentDesk.largest), person),
            (pdf, stranger), (pdf, PersonReference(bench.newID())),
        ] {
            await #expect(throws: DeskError.self) {
                _ = try await AttachmentDesk(bench.desk).store(
                    content, named: nil, of: whose, in: caseFile, by: bench.principal(.station), id: bench.newID())
            }
        }
        #expect(bench.attachments.stored.isEmpty)
    }
}
