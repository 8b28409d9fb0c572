import CaseDesk
import CaseViews
import Casework
import EventSourcing
import RuleBook

/// Gathers what the page of one case shows (P2).
struct CasePageMaker {
    let console: HubConsole
    let visit: Visit
    let principal: Principal

    /// More events than this are not shown on one page.
    private static let longestTimeline = 2000

    /// - Parameter text: Number or id of the case.
    func fields(named text: String) async throws -> Fields {
        let view = try await read(text)
        let now = console.desk.clock.now()
        let row = view.row
        var fields = await identity(of: row)
        fields["now"] = DateText(now, in: language).fields
        fields["position"] = view.position.description
        fields["title"] = "\(Phrase.case.text(in: language)) \(row.number)"
        put(
            view.deadlines.map { deadline($0, view.book, now) },
            "clocks", "hasClocks", &fields)
        put(row.items.map { item($0, view.book) }, "items", "hasItems", &fields)
        put(
            row.referrals.brokenPromisesFirst(at: now).map { referral($0, view.book, now) }, "referrals",
            "hasReferrals", &fields)
        put(row.meetings.map { meeting($0, view.book) }, "meetings", "hasMeetings", &fields)
        put(row.followUps.map { followUp($0, view.book) }, "followUps", "hasFollowUps", &fields)
        fields["timeline"] = view.timeline.reversed().map { entry($0, view.book) }
        return fields
    }

    // MARK: Reading

    private struct View {
        let row: CaseRow
        let deadlines: [DeadlineRow]
        let timeline: [TimelineRow]
        let book: RuleBook
        let position: Position
    }

    private func read(_ text: String) async throws(ConsoleProblem) -> View {
        let desk = console.desk
        let book: RuleBook
        do throws(EventLogError) {
            let current = try await desk.ruleBook.current()
            book = current.history.current
            _ = await desk.waitUntil(current.head, atMost: .seconds(1))
        } catch {
            throw ConsoleProblem(DeskError(error))
        }
        let found: CaseRow?
        let position: Position
        do throws(ViewStoreError) {
            position = try await desk.views.position()
            if let id = CaseID(text) {
                found = try await desk.views.caseRow(id)
            } else if let number = EntityNumber(text) {
                found = try await desk.views.caseRow(numbered: number)
            } else {
                found = nil
            }
        } catch {
            throw ConsoleProblem(error)
        }
        guard let row = found, try await isSeen(row) else { throw .notFound }
        do throws(ViewStoreError) {
            return View(
                row: row, deadlines: try await desk.views.deadlines(of: row.id),
                timeline: try await timeline(of: row.id), book: book, position: position)
        } catch {
            throw ConsoleProblem(error)
        }
    }

    /// The same rule as the API's, so that a page shows nothing a list hides.
    private func isSeen(_ row: CaseRow) async throws(ConsoleProblem) -> Bool {
        do throws(DeskError) {
            return try await console.desk.maySee(row, principal, for: .openCase)
        } catch {
            throw ConsoleProblem(error)
        }
    }

    private func timeline(of caseID: CaseID) async throws(ViewStoreError) -> [TimelineRow] {
        var rows: [TimelineRow] = []
        while rows.count < Self.longestTimeline {
            let more = try await console.desk.views.timeline(
                of: caseID, after: rows.last?.position ?? .start, limit: 500)
            rows += more
            if more.count < 500 { break }
        }
        return rows
    }

    // MARK: Putting into words

    private var language: Language { visit.language }

    private func put(_ list: [Fields], _ name: String, _ flag: String, _ fields: inout Fields) {
        fields[name] = list
        fields[flag] = !list.isEmpty
    }

    private func identity(of row: CaseRow) async -> Fields {
        var party: String?
        if let applicant = row.applicant { party = await console.maskedName(applicant) }
        return [
            "number": row.number.description, "party": party ?? Phrase.unknownParty.text(in: language),
            "state": row.state.label.text(in: language), "town": row.town?.description ?? "—",
            "opened": DateText(row.opened.occurredAt, in: language).fields,
            "exited": row.exitedAt.map { DateText($0, in: language).fields } ?? false,
        ]
    }

    /// One deadline, with a button for whoever may remind of it.
    private func deadline(_ row: DeadlineRow, _ book: RuleBook, _ now: Instant) -> Fields {
        var fields = DeadlineText(row: row, now: now, book: book, language: language).fields
        let isAsked = row.isOpen && row.bound == .ceiling && row.duty != .applicant
        let mayRemind = PermissionTable.roles(for: .remindOwner).contains(principal.role)
        fields["remindLink"] = false
        if isAsked, mayRemind, let caseID = row.caseID { fields["remindLink"] = "/cases/\(caseID)/remind" }
        fields["remindID"] = IdentifierSource().next(at: now).description
        fields["rule"] = row.id.rule.description
        fields["instance"] = row.id.scope.description
        fields["body"] = row.id.body?.description ?? false
        return fields
    }

    private func item(_ item: CaseRow.Item, _ book: RuleBook) -> Fields {
        let isNotified: Bool
        switch item.state {
        case .added, .triaged, .decided, .withdrawn: isNotified = false
        // Whoever is not accepted is told so by the same act.
        case .notified, .notAccepted: isNotified = true
        }
        return [
            "name": name(of: item.policyItem, book), "path": item.path?.label.text(in: language) ?? "—",
            "state": item.state.label.text(in: language), "outcome": item.outcome?.label.text(in: language) ?? "—",
            "notified": (isNotified ? Phrase.yes : .no).text(in: language),
        ]
    }

    private func referral(_ row: ReferralRow, _ book: RuleBook, _ now: Instant) -> Fields {
        [
            "number": row.number.description,
            "kind": (row.isOffer ? Phrase.offer : .referral).text(in: language),
            "lead": name(of: row.lead, book), "coHandlers": names(of: row.coHandlers, book),
            "item": row.item.map { name(of: $0, book) } ?? name(of: row.task, book),
            "state": row.state.label.text(in: language),
            "promiseBroken": row.brokenPromise(at: now).map { promise in
                "\(Phrase.promiseBroken.text(in: language)) \(promise.due)"
            } ?? false,
            "dispatched": row.dispatchedAt.map { DateText($0, in: language).fields } ?? false,
            "outcome": (row.outcome?.label ?? row.failure?.label)?.text(in: language) ?? "—",
        ]
    }

    private func meeting(_ meeting: CaseRow.Meeting, _ book: RuleBook) -> Fields {
        [
            "number": meeting.number?.description ?? "—", "state": meeting.state.label.text(in: language),
            "invited": names(of: meeting.invited, book), "resolutions": String(meeting.resolutions.count),
        ]
    }

    private func followUp(_ followUp: CaseRow.FollowUp, _ book: RuleBook) -> Fields {
        let state = followUp.outcome?.label ?? followUp.stage?.label
        return [
            "number": followUp.number.description, "kind": followUp.kind.label.text(in: language),
            "owner": name(of: followUp.department, book),
            "state": state?.text(in: language) ?? Phrase.openWord.text(in: language),
        ]
    }

    private func entry(_ row: TimelineRow, _ book: RuleBook) -> Fields {
        // Recorded at once is the rule; only what was entered later needs saying.
        let isLate = row.recordedAt.milliseconds - row.occurredAt.milliseconds > 60_000
        return [
            "position": row.position.description, "at": DateText(row.occurredAt, in: language).fields,
            "actor": actor(of: row, book), "summary": row.summary.text(in: language),
            "subject": row.subjectNumber.map(\.description) ?? false, "source": source(of: row),
            "externalReference": row.externalReference ?? false,
            "informed": row.informed.isEmpty ? false : names(of: row.informed, book),
            "recordedLater": isLate ? DateText(row.recordedAt, in: language).text : false,
        ]
    }

    private func actor(of row: TimelineRow, _ book: RuleBook) -> String {
        let role = Role(rawValue: row.actorRole)?.label.text(in: language) ?? row.actorRole
        guard let department = row.actorDepartment else { return role }
        let post = row.actorPost.flatMap { book.post($0)?.name.text(in: language) }
        return "\(name(of: department, book)) \(post ?? role)"
    }

    private func source(of row: TimelineRow) -> String {
        switch row.channel {
        case "feed": Phrase.fromAdapter.text(in: language)
        case "cli": Phrase.fromCommandLine.text(in: language)
        case "system": Phrase.fromSystem.text(in: language)
        default: Phrase.fromPeople.text(in: language)
        }
    }

    private func name(of department: DepartmentCode, _ book: RuleBook) -> String {
        book.department(department)?.name.text(in: language) ?? department.description
    }

    private func name(of item: PolicyItemCode, _ book: RuleBook) -> String {
        book.policyItem(item)?.name.text(in: language) ?? item.description
    }

    private func name(of task: TaskCode, _ book: RuleBook) -> String {
        book.task(task)?.name.text(in: language) ?? task.description
    }

    private func names(of departments: [DepartmentCode], _ book: RuleBook) -> String {
        let separator = language == .chinese ? "、" : ", "
        return departments.isEmpty ? "—" : departments.map { name(of: $0, book) }.joined(separator: separator)
    }
}
