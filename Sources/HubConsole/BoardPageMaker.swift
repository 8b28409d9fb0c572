import CaseDesk
import CaseViews
import Deadlines
import EventSourcing
import RuleBook

/// Gathers what the deadline board shows (P1).
struct BoardPageMaker {
    let console: HubConsole
    let visit: Visit
    let principal: Principal

    private static let pageLength = 50

    func fields() async throws -> Fields {
        let filter = try await filter()
        let after = try cursor()
        let now = console.desk.clock.now()
        let view = try await read(filter, after: after, at: now)
        let language = visit.language
        let isFiltered = !filter.states.isEmpty || filter.owner != nil || filter.rule != nil
        var fields: Fields = [
            "title": Phrase.boardTitle.text(in: language), "language": language.rawValue,
            "now": DateText(now, in: language).fields, "position": view.page.position.description,
            "reloadLink": link(filter), "isBehind": view.isBehind,
            "lights": lights(view.counts, filter), "isAll": filter.states.isEmpty,
            "allLink": link(withoutState(filter)), "openCount": view.counts.reduce(0) { $0 + $1.open },
            "departments": departments(view.book, filter), "rules": rules(view.book, filter), "states": states(filter),
            "isEmpty": view.page.rows.isEmpty,
            "emptyText": (isFiltered ? Phrase.noneMatching : .noneOpen).text(in: language),
            "anyProvisional": view.page.rows.contains { $0.isProvisional && $0.isOpen },
            "nextLink": view.page.next.map { link(filter, after: $0) } ?? false,
        ]
        fields["rows"] = try await rows(view.page.rows, at: now, book: view.book)
        return fields
    }

    // MARK: Reading

    private struct View {
        let page: BoardPage
        let counts: [BoardCount]
        let book: RuleBook
        let isBehind: Bool
    }

    private func read(_ filter: BoardFilter, after: BoardKey?, at now: Instant) async throws -> View {
        let desk = console.desk
        let head: Position
        let book: RuleBook
        do throws(EventLogError) {
            let current = try await desk.ruleBook.current()
            head = current.head
            book = current.history.current
        } catch {
            throw ConsoleProblem(DeskError(error))
        }
        // Whoever has just done something finds it on the board, unless the views are really behind.
        let isCurrent = await desk.waitUntil(head, atMost: .seconds(1))
        do throws(ViewStoreError) {
            return View(
                page: try await desk.views.board(filter, at: now, after: after, limit: Self.pageLength),
                counts: try await desk.views.counts(filter, at: now), book: book, isBehind: !isCurrent)
        } catch {
            throw ConsoleProblem(error)
        }
    }

    private func rows(_ rows: [DeadlineRow], at now: Instant, book: RuleBook) async throws -> [Fields] {
        var parties: [CaseID: String] = [:]
        var made: [Fields] = []
        for row in rows {
            var fields = DeadlineText(row: row, now: now, book: book, language: visit.language).fields
            fields["caseNumber"] = row.caseNumber?.description ?? "—"
            fields["caseLink"] = row.caseNumber.map { visit.language.link("/cases/\($0)") } ?? false
            fields["item"] =
                row.policyItem.map { book.policyItem($0)?.name.text(in: visit.language) ?? $0.description } ?? false
            if let caseID = row.caseID {
                if parties[caseID] == nil { parties[caseID] = try await party(of: caseID) }
                fields["party"] = parties[caseID]
            } else {
                fields["party"] = "—"
            }
            made.append(fields)
        }
        return made
    }

    private func party(of caseID: CaseID) async throws -> String {
        let row: CaseRow?
        do { row = try await console.desk.views.caseRow(caseID) } catch { throw ConsoleProblem(error) }
        guard let applicant = row?.applicant else { return Phrase.unknownParty.text(in: visit.language) }
        return await console.maskedName(applicant) ?? Phrase.unknownParty.text(in: visit.language)
    }

    // MARK: The filter and the links that change it

    private func filter() async throws(ConsoleProblem) -> BoardFilter {
        var filter = BoardFilter()
        do throws(DeskError) {
            try await console.desk.sight(of: principal, for: .readCases).narrow(&filter)
        } catch {
            throw ConsoleProblem(error)
        }
        if let text = visit.parameter("state") {
            guard let state = DeadlineState(rawValue: text) else { throw .badParameter }
            filter.states = [state]
        }
        if let text = visit.parameter("department") {
            guard let owner = Self.owner(text) else { throw .badParameter }
            filter.owner = owner
        }
        if let text = visit.parameter("rule") {
            guard let rule = DeadlineRuleID(text) else { throw .badParameter }
            filter.rule = rule
        }
        return filter
    }

    private static func owner(_ text: String) -> BoardFilter.Owner? {
        text == "centre" ? .centre : DepartmentCode(text).map(BoardFilter.Owner.department)
    }

    private func cursor() throws(ConsoleProblem) -> BoardKey? {
        guard let text = visit.parameter("after") else { return nil }
        guard let tilde = text.firstIndex(of: "~"), let milliseconds = Int64(text[..<tilde]),
            let id = DeadlineID(String(text[text.index(after: tilde)...]))
        else { throw .badParameter }
        return BoardKey(dueAt: Instant(milliseconds: milliseconds), id: id)
    }

    private func link(_ filter: BoardFilter, after: BoardKey? = nil) -> String {
        var query: [(name: String, value: String)] = []
        if let state = filter.states.first { query.append(("state", state.rawValue)) }
        switch filter.owner {
        case .centre: query.append(("department", "centre"))
        case .department(let code): query.append(("department", code.description))
        case nil: break
        }
        if let rule = filter.rule { query.append(("rule", rule.description)) }
        if let after { query.append(("after", "\(after.dueAt.milliseconds)~\(after.id)")) }
        return visit.language.link("/board", query)
    }

    private func withoutState(_ filter: BoardFilter) -> BoardFilter {
        var filter = filter
        filter.states = []
        return filter
    }

    private static let openStates: [DeadlineState] = [.overdue, .dueSoon, .onTime, .paused]

    private func lights(_ counts: [BoardCount], _ filter: BoardFilter) -> [Fields] {
        Self.openStates.map { state in
            var chosen = filter
            chosen.states = [state]
            return [
                "css": DeadlineText.style(of: state), "sign": DeadlineText.sign(of: state),
                "word": state.label.text(in: visit.language), "link": link(chosen),
                "isChosen": filter.states == [state], "count": counts.reduce(0) { $0 + Self.count($1, state) },
            ]
        }
    }

    private static func count(_ count: BoardCount, _ state: DeadlineState) -> Int {
        switch state {
        case .overdue: count.overdue
        case .dueSoon: count.dueSoon
        case .onTime: count.onTime
        case .paused: count.paused
        case .met, .metLate, .cancelled, .waiting, .free: 0
        }
    }

    private func departments(_ book: RuleBook, _ filter: BoardFilter) -> [Fields] {
        let centre = option("centre", Phrase.centre.text(in: visit.language), isChosen: filter.owner == .centre)
        return [centre]
            + book.departments.map { department in
                option(
                    department.code.description, department.name.text(in: visit.language),
                    isChosen: filter.owner == .department(department.code))
            }
    }

    private func rules(_ book: RuleBook, _ filter: BoardFilter) -> [Fields] {
        book.deadlineRules.map { rule in
            option(rule.id.description, rule.name.text(in: visit.language), isChosen: filter.rule == rule.id)
        }
    }

    private func states(_ filter: BoardFilter) -> [Fields] {
        DeadlineState.allCases.map { state in
            option(state.rawValue, state.label.text(in: visit.language), isChosen: filter.states == [state])
        }
    }

    private func option(_ code: String, _ name: String, isChosen: Bool) -> Fields {
        ["code": code, "name": name, "isChosen": isChosen]
    }
}
