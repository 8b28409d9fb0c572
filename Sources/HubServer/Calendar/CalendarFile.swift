import EventSourcing
import RuleBook
package import WorkingCalendar

/// A file with a whole calendar or with the notice of one year, and everything wrong in it.
package struct CalendarFile: Sendable {
    /// What such a file holds.
    package enum Content: Hashable, Sendable {
        case calendar(CalendarDocument)
        case announcement(CalendarAnnouncement)
    }

    /// Path as given.
    package let name: String
    /// Nothing when it cannot be read far enough.
    package private(set) var content: Content?

    /// The sections, of which a file has one.
    private enum Section: String, CaseIterable {
        case calendar, announcement
    }

    /// Reads a file and gathers everything wrong in it.
    ///
    /// - Parameter base: The calendar in force, which a notice follows.
    package init(path: String, after base: CalendarDocument?, findings: inout RuleFindings) {
        self.init(RuleDocument.open(path, findings: &findings), named: path, after: base, findings: &findings)
    }

    /// Reads YAML or JSON text and gathers everything wrong in it.
    package init(name: String, text: String, after base: CalendarDocument?, findings: inout RuleFindings) {
        self.init(
            RuleDocument.read(text, from: name, findings: &findings), named: name, after: base, findings: &findings)
    }

    private init(
        _ document: RuleDocument?, named name: String, after base: CalendarDocument?, findings: inout RuleFindings
    ) {
        self.name = name
        guard let document else { return }
        guard case .object(let sections) = document.root, sections.count == 1, let key = sections.keys.first,
            let section = Section(rawValue: key), let entry = sections[key]
        else {
            findings.add(
                RuleFileError(
                    .unknownSection, at: document.place(""),
                    Label("文件应只有 calendar 或 announcement 一节。", "The file has one section, calendar or announcement."),
                    remedy: Label("整部日历写 calendar，一年的通知写 announcement。", "Write a whole calendar or one year's notice.")
                ))
            return
        }
        var reader = RuleEntryReader(document: document, key: key, findings: findings)
        switch section {
        case .calendar:
            if let read = reader.read(CalendarDocument.self, from: entry) {
                content = .calendar(read)
                reader.findings.add(read.mistakes, at: key, of: document)
                reader.findings.add(Self.contradiction(read, of: base), at: key, of: document)
            }
        case .announcement:
            if let read = reader.read(CalendarAnnouncement.self, from: entry) {
                content = .announcement(read)
                reader.findings.add(read.mistakes(after: base), at: key, of: document)
            }
        }
        findings = reader.findings
    }

    /// The whole calendar it makes of the one in force; nothing when there is none and it is a notice.
    package func calendar(after base: CalendarDocument?) -> CalendarDocument? {
        switch content {
        case .calendar(let document): document
        case .announcement(let announcement): base.map { announcement.applied(to: $0) }
        case nil: nil
        }
    }

    /// What the rule book would refuse it for, with the place of the day.
    private static func contradiction(_ document: CalendarDocument, of base: CalendarDocument?) -> [CalendarMistake] {
        guard let base, base.version != document.version, document.notice?.isCorrection != true,
            let day = document.firstContradiction(of: base)
        else { return [] }
        return [document.contradiction(on: day, of: base.version)]
    }
}

extension RuleFindings {
    /// Adds what is wrong in a calendar, each at its own key.
    mutating func add(_ mistakes: [CalendarMistake], at key: String, of document: RuleDocument) {
        for mistake in mistakes {
            guard let code = RuleFileError.Code(rawValue: mistake.kind.code) else { continue }
            add(
                RuleFileError(
                    code, at: document.place(mistake.key.isEmpty ? key : "\(key).\(mistake.key)"),
                    Label(mistake.kind.chinese, mistake.kind.english),
                    remedy: Label(mistake.kind.remedyInChinese, mistake.kind.remedyInEnglish)))
        }
    }
}
