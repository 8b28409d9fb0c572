/// Where a calendar was announced and what its publication moved.
package struct CalendarNotice: Codable, Hashable, Sendable {
    /// Title or number of the notice, 1 to 200 characters.
    package let source: String
    /// The day on which the notice is dated.
    package let announcedOn: CivilDay?
    /// Why it says otherwise than a year that was announced before; without it such a calendar is refused.
    package let correction: String?
    /// What whoever published it had been shown to move.
    package let report: CalendarReportSeal?

    package init(
        source: String, announcedOn: CivilDay? = nil, correction: String? = nil, report: CalendarReportSeal? = nil
    ) {
        self.source = source
        self.announcedOn = announcedOn
        self.correction = correction
        self.report = report
    }

    /// The same notice with the report that was shown before publishing.
    package func with(report: CalendarReportSeal?) -> Self {
        Self(source: source, announcedOn: announcedOn, correction: correction, report: report)
    }

    /// Whether it says that an announced year is put right, and why.
    package var isCorrection: Bool {
        correction.map { text in text.contains { !$0.isWhitespace } } ?? false
    }
}

/// The report of moved due dates in a few numbers and a digest, by which anyone can prove which report it was.
package struct CalendarReportSeal: Codable, Hashable, Sendable {
    /// `sha256:` and 64 hexadecimal digits over the report's canonical text.
    package let digest: String
    /// The place in the log up to which deadlines were looked at.
    package let position: Int
    /// Due dates that move.
    package let moved: Int
    /// Those among them that were promised to an applicant.
    package let promises: Int

    package init(digest: String, position: Int, moved: Int, promises: Int) {
        self.digest = digest
        self.position = position
        self.moved = moved
        self.promises = promises
    }
}

extension CalendarDocument {
    /// The first day on which this calendar says otherwise than one announced before.
    ///
    /// Only days the other is sure of count, first through ``CalendarDocument/firmUntil``; what was provisional may
    /// change with every notice.
    ///
    /// - Returns: Nothing where it keeps to what was announced.
    package func firstContradiction(of announced: Self) -> CivilDay? {
        let firm = announced.first...announced.firmUntil
        var days = changes(from: announced).filter { firm.contains($0) }
        if first > announced.first { days.append(announced.first) }
        if firmUntil < announced.firmUntil { days.append(firmUntil.next) }
        return days.min()
    }

    /// The days that are worked in one of two calendars and off in the other, ascending.
    package func changes(from other: Self) -> [CivilDay] {
        Set(offWeekdays).symmetricDifference(other.offWeekdays)
            .union(Set(makeupWorkdays).symmetricDifference(other.makeupWorkdays)).sorted()
    }
}
