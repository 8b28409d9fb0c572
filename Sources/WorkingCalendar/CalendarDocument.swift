/// One published calendar, as it stands in the log and in `deploy/rulebook/calendar.yaml`.
///
/// A day is worked when it is listed in `makeupWorkdays`, or is Monday to Friday and not listed in `offWeekdays`.
package struct CalendarDocument: Codable, Hashable, Sendable {
    /// Name of this state of the calendar, `CN-2026.1`; shown beside every date computed with it.
    package let version: String
    /// First day the lists are complete for.
    package let first: CivilDay
    /// Last day no later notice is expected to change; results after it are provisional (暂定).
    package let firmUntil: CivilDay
    /// Mondays to Fridays off, ascending.
    package let offWeekdays: [CivilDay]
    /// Saturdays and Sundays worked (调休), ascending.
    package let makeupWorkdays: [CivilDay]
    /// When offices work on a working day; ``OfficeHours/standard`` where nothing is said.
    package let officeHours: OfficeHours?
    /// Where it was announced, and why it says otherwise than an announced year; calendars before this had none.
    package let notice: CalendarNotice?

    package init(
        version: String, first: CivilDay, firmUntil: CivilDay, offWeekdays: [CivilDay], makeupWorkdays: [CivilDay],
        officeHours: OfficeHours? = nil, notice: CalendarNotice? = nil
    ) {
        self.notice = notice
        self.version = version
        self.first = first
        self.firmUntil = firmUntil
        self.offWeekdays = offWeekdays
        self.makeupWorkdays = makeupWorkdays
        self.officeHours = officeHours
    }

    /// This calendar as a later or earlier notice changes it.
    package func overlaid(by overlay: CalendarOverlay) -> Self {
        let off = Set(overlay.off)
        let worked = Set(overlay.working)
        let offWeekdays = Set(offWeekdays).subtracting(worked).union(off.filter { !$0.isWeekend })
        let makeupWorkdays = Set(makeupWorkdays).subtracting(off).union(worked.filter(\.isWeekend))
        return Self(
            version: overlay.version, first: first, firmUntil: overlay.firmUntil ?? firmUntil,
            offWeekdays: offWeekdays.sorted(), makeupWorkdays: makeupWorkdays.sorted(), officeHours: officeHours)
    }

    /// The same calendar with what is told about its publication.
    package func with(notice: CalendarNotice?) -> Self {
        Self(
            version: version, first: first, firmUntil: firmUntil, offWeekdays: offWeekdays,
            makeupWorkdays: makeupWorkdays, officeHours: officeHours, notice: notice)
    }

    /// Whether both lay down the same, whatever was reported when they were published.
    package func saysTheSame(as other: Self) -> Bool {
        with(notice: notice?.with(report: nil)) == other.with(notice: other.notice?.with(report: nil))
    }
}

/// What one notice changes in a calendar: days that become off and days that become worked.
package struct CalendarOverlay: Codable, Hashable, Sendable {
    package let version: String
    /// New end of certainty; nothing keeps the old one.
    package let firmUntil: CivilDay?
    package let off: [CivilDay]
    package let working: [CivilDay]

    package init(version: String, firmUntil: CivilDay? = nil, off: [CivilDay] = [], working: [CivilDay] = []) {
        self.version = version
        self.firmUntil = firmUntil
        self.off = off
        self.working = working
    }
}
