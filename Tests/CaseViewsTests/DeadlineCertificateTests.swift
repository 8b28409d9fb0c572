import CaseViews
import Casework
import Deadlines
import EventSourcing
import Foundation
import HubTesting
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// N-2: a due date that anyone can compute again from one document.
@Suite struct DeadlineCertificateTests {
    private var story: Story

    init() throws {
        var story = Story(at: Instant(milliseconds: 0))
        story.day("2025-09-22")
        try story.layDownRules()
        self.story = story
    }

    /// What the program in Python says of these certificates, and its exit code.
    private func check(_ certificates: [DeadlineCertificate]) throws -> (said: String, status: Int32) {
        let lines = try certificates.map { String(decoding: try EventJSON.encode($0), as: UTF8.self) }
        return try check(lines: lines)
    }

    private func check(lines: [String]) throws -> (said: String, status: Int32) {
        let file = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: "certificates-\(UUID().uuidString)")
        try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-B",
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "check_certificate.py").path,
        ]
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return (said, process.terminationStatus)
    }

    private func certificates(_ story: Story, _ file: CaseInStory) throws -> [DeadlineCertificate] {
        let replay = try Folded(story, file).replay
        return try replay.deadlines.compactMap { row in
            try DeadlineCertificate(row, rules: replay.rules, position: replay.position, at: story.now)
        }
    }

    @Test mutating func `N-2: the certificate of a paused and extended promise says every day and why`() throws {
        let file = try story.apply("DY25-00001")
        story.day("2025-09-26", hour: 15)
        try story.record(
            .casework(
                .deadline(
                    .paused(
                        DeadlineEvent.Paused(
                            caseFile: file.id, rule: try known("case.exit"), instance: .caseFile(file.id),
                            reason: .applicant, expectedUntil: try known("2025-10-10"), basis: "补正",
                            noticeGivenAt: story.now)))))
        story.day("2025-10-10", hour: 10)
        try story.record(
            .casework(
                .deadline(
                    .resumed(
                        DeadlineEvent.Resumed(
                            caseFile: file.id, rule: try known("case.exit"), instance: .caseFile(file.id))))))
        let made = try certificates(story, file)
        let exit = try #require(made.first { $0.deadline.rule.description == "case.exit" })
        #expect(exit.dueDay?.description == "2025-10-31")
        #expect(exit.days.first?.reason == .dayZero)
        #expect(exit.days.filter(\.reason.counts).count == 20)
        #expect(exit.days.contains { $0.day.description == "2025-10-01" && $0.reason == .paused })
        #expect(exit.rule.basis.text.contains("丹阳"))
        #expect(exit.pauses.count == 1)
        let checked = try check(made)
        #expect(checked.status == 0, "\(checked.said)")
        #expect(checked.said.contains("\(made.count) certificates, 0 wrong"))
    }

    @Test mutating func `N-2: one changed day, date or pause is found by the program in Python`() throws {
        let file = try story.apply("DY25-00001")
        let made = try certificates(story, file)
        let exit = try #require(made.first { $0.deadline.rule.description == "case.exit" })
        let text = String(decoding: try EventJSON.encode(exit), as: UTF8.self)
        for (old, new) in [
            (#""dueDay":"2025-10-24""#, #""dueDay":"2025-10-27""#),
            (#""reason":"weekend""#, #""reason":"workingDay""#),
            (#"{"workingDays":20}"#, #"{"workingDays":19}"#),
            (#""isProvisional":false"#, #""isProvisional":true"#),
        ] {
            let forged = text.replacing(old, with: new, maxReplacements: 1)
            #expect(forged != text, "\(old) is not in the certificate")
            #expect(try check(lines: [forged]).status == 1, "\(new) was not found")
        }
        #expect(try check(lines: []).status == 2)
    }

    @Test mutating func `N-2: certificates of wandering cases hold, whatever was paused, extended or published`() throws
    {
        let chance = SeededGenerator.printed(for: #function)
        var wandering = Story(at: Instant(milliseconds: 0), seed: chance.seed)
        wandering.day("2025-09-01")
        try wandering.layDownRules()
        let cases = try wandering.wander(cases: 8, steps: 400)
        let made = try cases.flatMap { try certificates(wandering, $0) }
        #expect(made.count > 60)
        #expect(made.contains { !$0.pauses.isEmpty })
        let checked = try check(made)
        #expect(checked.status == 0, "\(checked.said.prefix(2000))")
    }
}
