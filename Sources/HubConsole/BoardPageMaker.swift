import CaseDesk
import CaseViews
import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

/// Gathers what the deadline board shows (P1).
struct BoardPageMaker {
    let console: HubConsole
    let visit: Visit
    let principal: Principal

    private static let pageLength = 50

    func fields() async throws -> Fields {
        let now = console.desk.clock.now()
        let asked = try filter(at: now)
        var filter = asked
        do throws(DeskError) {
            try await console.desk.sight(of: principal, for: .readCases).narrow(&filter)
        } catch {
            throw ConsoleProblem(error)
        }
        let after = try cursor(asked.sort, at: now)
        let view = try await read(&filter, after: after, at: now)
        let language = visit.language
        let links = BoardLinks(asked: asked, language: language)
        let isFiltered = !asked.parameters.isEmpty
        var fields: Fields = [
            "title": Phrase.boardTitle.text(in: language), "language": language.rawValue,
            "now": DateText(now, in: language).fields, "position": view.page.position.description,
            "reloadLink": links.link(), "isBehind": view.isBehind,
            "lights": links.lights(view.counts.total), "isAll": asked.states.isEmpty,
            "allLink": links.link { $0.states = [] }, "openCount": view.counts.total.open,
            "clearLink": isFiltered ? language.link("/board") : false,
            "quickViews": links.quickViews(on: CivilDay(containing: now.milliseconds), of: principal),
            "isEmpty": view.page.rows.isEmpty, "isByDue": asked.sort == .due,
            "emptyText": (isFiltered ? Phrase.noneMatching : .noneOpen).text(in: language),
            "anyProvisional": view.page.rows.contains { $0.isProvisional && $0.isOpen },
            "nextLink": view.page.next.map { links.link(after: $0) } ?? false,
        ]
        fields.merge(BoardForm(asked: asked, book: view.book, language: language).fields) { $1 }
        fields.merge(BoardMatrix(counts: view.counts, book: view.book, links: links).fields) { $1 }
        fields["rows"] = try await rows(view.page.rows, at: now, book: view.book)
        return fields
    }

    // MARK: Reading

    private struct View {
        let page: BoardPage
        let counts: BoardCounts
        let book: RuleBook
        let isBehind: Bool
    }

    private func read(_ filter: inout BoardFilter, after: BoardKey?, at now: Instant) async throws -> View {
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
        let told = after?.toldAt ?? now
        filter.look(up: book, at: told)
        // Whoever has just done something finds it on the board, unless the views are really behind.
        let isCurrent = await desk.waitUntil(head, atMost: .seconds(1))
        do throws(ViewStoreError) {
            return View(
                page: try await desk.views.board(filter, at: told, after: after, limit: Self.pageLength),
                counts: try await desk.views.counts(filter, at: now), book: book, isBehind: !isCurrent)
        } catch {
            throw ConsoleProblem(error)
        }
    }

    private func rows(_ rows: [DeadlineRow], at now: Instant, book: RuleBook) async throws -> [Fields] {
        var cases: [CaseID: CaseWords] = [:]
        var made: [Fields] = []
        for row in rows {
            var fields = DeadlineText(row: row, now: now, book: book, language: visit.language).fields
            fields["caseNumber"] = row.caseNumber?.description ?? "—"
            fields["caseLink"] = row.caseNumber.map { visit.language.link("/cases/\($0)") } ?? false
            fields["item"] =
                row.policyItem.map { book.policyItem($0)?.name.text(in: visit.language) ?? $0.description } ?? false
            for name in ["touched", "followUps", "cycle"] { fields[name] = false }
            if let caseID = row.caseID {
                if cases[caseID] == nil { cases[caseID] = try await words(of: caseID) }
                let words = cases[caseID]
                fields["party"] = words?.party
                fields["touched"] = words?.touched ?? false
                fields["followUps"] = words?.followUps ?? false
                fields["cycle"] = words?.cycle ?? false
            } else {
                fields["party"] = "—"
            }
            made.append(fields)
        }
        return made
    }

    /// What every row of one case says of the case.
    private struct CaseWords {
        var party: String
        var touched: String?
        /// How many go on; nothing for none.
        var followUps: String?
        /// Nothing for a case that was never reopened.
        var cycle: String?
    }

    private func words(of caseID: CaseID) async throws -> CaseWords {
        let row: CaseRow?
        do { row = try await console.desk.views.caseRow(caseID) } catch { throw ConsoleProblem(error) }
        var words = CaseWords(party: Phrase.unknownParty.text(in: visit.language))
        guard let row else { return words }
        words.touched = DateText(row.lastTouched.occurredAt, in: visit.language).text
        words.followUps = row.openFollowUps.isEmpty ? nil : String(row.openFollowUps.count)
        words.cycle = row.cycle > 1 ? String(row.cycle) : nil
        if let applicant = row.applicant { words.party = await console.maskedName(applicant) ?? words.party }
        return words
    }

    // MARK: The address

    private func filter(at now: Instant) throws(ConsoleProblem) -> BoardFilter {
        do throws(BoardParameterError) {
            return try BoardFilter(for: principal, at: now) { visit.parameter($0.rawValue) }
        } catch {
            throw .badParameter
        }
    }

    /// - Parameter sort: The order asked for; a key of another order leads nowhere.
    private func cursor(_ sort: BoardSort, at now: Instant) throws(ConsoleProblem) -> BoardKey? {
        guard let text = visit.parameter("after") else { return nil }
        guard let key = BoardKey(text), key.fits(sort, at: now) else { throw .badParameter }
        return key
    }
}
