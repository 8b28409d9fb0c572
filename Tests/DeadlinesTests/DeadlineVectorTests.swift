import Deadlines
import EventSourcing
import Testing
import WorkingCalendar

@Suite struct DeadlineVectorTests {
    @Test func `the files hold the examples this suite is about`() throws {
        let file = try VectorFile.load()
        #expect(file.vectors.count == 56)
        #expect(file.vectors.allSatisfy { $0.terms != nil })
        #expect(file.states.count == 9)
        #expect(file.warnings.count == 5)
        #expect(file.recalculations.count == 5)
    }

    @Test(arguments: try VectorFile.load().vectors)
    func `a worked example comes out as written by hand`(vector: VectorFile.Vector) throws {
        var document = try ChinaFile.load().document
        if let name = vector.calendar {
            document = document.overlaid(by: try #require(VectorFile.load().overlays[name]).overlay)
        }
        let due = try DeadlineEvaluation.evaluate(
            terms: try #require(vector.terms), start: vector.start,
            pauses: (vector.pauses ?? []).map { DeadlinePause(from: $0[0], to: $0[1]) },
            extensions: (vector.extensions ?? []).compactMap(\.value), calendar: try WorkingCalendar(document))
        #expect(due.dueDay == vector.expect.dueDate)
        #expect(due.dueAt == vector.expect.dueAt)
        #expect(due.dueAt == vector.expect.dueAtUtc)
        #expect(due.isProvisional == vector.expect.provisional)
        #expect(due.calendarVersion == vector.expect.calendarVersion)
        if let counted = vector.counted {
            #expect(due.countedDays.map { String($0.description.dropFirst(5)) } == counted)
        }
    }

    @Test(arguments: try VectorFile.load().states)
    func `a state comes out as written by hand`(vector: VectorFile.StateVector) throws {
        let due = try DeadlineEvaluation.evaluate(
            terms: try #require(vector.terms), start: vector.clock.start,
            calendar: try WorkingCalendar(ChinaFile.load().document))
        let states: [String: DeadlineState] = [
            "on_time": .onTime, "due_soon": .dueSoon, "overdue": .overdue, "met": .met, "met_late": .metLate,
        ]
        let state = due.state(at: vector.now, satisfiedAt: vector.doneAt, warningLevel: vector.warnAtRemaining)
        #expect(state == states[vector.expect.state])
        if let remaining = vector.expect.remaining { #expect(due.workingDaysLeft(at: vector.now) == remaining) }
        if let overdueBy = vector.expect.overdueBy { #expect(due.overdueBy(at: vector.now) == overdueBy) }
    }

    @Test(arguments: try VectorFile.load().warnings)
    func `a warning comes out as written by hand`(vector: VectorFile.WarningVector) throws {
        let due = try DeadlineEvaluation.evaluate(
            terms: DeadlineTerms(limit: try #require(limit(vector.clock.kind, vector.clock.n))),
            start: vector.clock.start,
            pauses: (vector.clock.pauses ?? []).map { DeadlinePause(from: $0[0], to: $0[1]) },
            calendar: try WorkingCalendar(ChinaFile.load().document))
        let reached = try due.reaches(.warning, warning: vector.warnAtRemaining)
        #expect(reached == vector.expect.notifyAt)
        let midnight = try #require(reached).milliseconds - OfficeHours.standard.opening
        #expect(midnight == vector.expect.warnAt.milliseconds)
    }

    @Test(arguments: try VectorFile.load().recalculations)
    func `a moved date comes out as written by hand`(vector: VectorFile.RecalculationVector) throws {
        var document = try ChinaFile.load().document
        if let overlay = try VectorFile.load().overlays[vector.calendar] {
            document = document.overlaid(by: overlay.overlay)
        }
        let moved = try MovedDue(
            old: vector.oldDue, new: vector.newDue, publishedAt: vector.publishedAt,
            calendar: WorkingCalendar(document))
        #expect(moved.legal == vector.expect.legalDue)
        #expect(moved.effective == vector.expect.effectiveDue)
    }

    @Test func `the national calendar has the working days its totals say`() throws {
        let file = try ChinaFile.load()
        let calendar = try WorkingCalendar(file.document)
        for (name, year) in file.years {
            let number = try #require(Int(name))
            let last = try #require(CivilDay(year: number, month: 12, day: 31))
            let before = try #require(CivilDay(year: number - 1, month: 12, day: 31))
            #expect(calendar.workingDays(after: before, through: last) == year.totals.workingDays, "\(name)")
            #expect(last.number - before.number == year.totals.days)
        }
    }

    @Test(arguments: [
        ("2023-08-14", DeadlineLimit.workingDays(3), "2023-08-17"), ("2023-08-15", .workingDays(20), "2023-09-12"),
        ("2023-09-01", .calendarDays(7), "2023-09-08"), ("2023-09-08", .workingDays(20), "2023-10-12"),
        ("2023-10-12", .workingDays(20), "2023-11-09"),
    ])
    func `the dates of the Danyang case are those of its table`(start: String, limit: DeadlineLimit, due: String) throws
    {
        let start = try #require(CivilDay(start))
        let answer = try DeadlineEvaluation.evaluate(
            terms: DeadlineTerms(limit: limit), start: Instant(milliseconds: start.startMilliseconds + 32_400_000),
            calendar: try WorkingCalendar(ChinaFile.load().document))
        #expect(answer.dueDay?.description == due)
        #expect(!answer.isProvisional)
    }

    @Test func `2023-09-11 is the nineteenth working day of the case`() throws {
        let calendar = try WorkingCalendar(ChinaFile.load().document)
        let (start, exit) = (try #require(CivilDay("2023-08-15")), try #require(CivilDay("2023-09-11")))
        #expect(calendar.workingDays(after: start, through: exit) == 19)
    }
}
