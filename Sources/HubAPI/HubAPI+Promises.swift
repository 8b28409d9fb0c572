import CaseDesk
import CaseViews
import Casework
import EventSourcing
import Hummingbird
import RuleBook
import WorkingCalendar

extension HubAPI {
    /// The civil day of the hub's clock.
    var today: CivilDay { CivilDay(containing: desk.clock.now().milliseconds) }

    /// What the caller may see.
    func sight(of call: APICall, for action: Action) async throws(ProblemDetails) -> CaseSight {
        let principal = try call.principal()
        do throws(DeskError) { return try await desk.sight(of: principal, for: action) } catch {
            throw ProblemDetails(error)
        }
    }

    /// One page of cases: those whose promise is broken first, then the others, each part newest first (N-16).
    func casesBrokenFirst(
        _ filter: CaseFilter, after: CaseCursor?, limit: Int
    ) async throws(ProblemDetails) -> (rows: [CaseRow], next: CaseCursor?, position: Position) {
        var filter = filter
        var rows: [CaseRow] = []
        if after?.isBroken != false {
            filter.promise = .init(isBroken: true, on: today)
            let page = try await cases(filter, after: after?.position, limit: limit)
            rows = page.rows
            if let next = page.next { return (rows, CaseCursor(isBroken: true, position: next), page.position) }
        }
        filter.promise = .init(isBroken: false, on: today)
        // A page that the broken ones filled to the brim still has to say that others follow.
        let isFull = rows.count == limit
        let page = try await cases(
            filter, after: after?.isBroken == false ? after?.position : nil, limit: isFull ? 1 : limit - rows.count)
        if isFull {
            let next = page.rows.isEmpty ? nil : CaseCursor(isBroken: false, position: .last)
            return (rows, next, page.position)
        }
        return (
            rows + page.rows, page.next.map { CaseCursor(isBroken: false, position: $0) }, page.position
        )
    }

    /// Cases the caller may see whose promise is broken, for the head of the board.
    func brokenPromises(_ call: APICall, limit: Int) async throws(ProblemDetails) -> [BrokenPromise] {
        var filter = CaseFilter(
            states: [.open, .exitProposed],
            town: try call.query.value("town", as: TownCode.self, form: TownCode.textForm))
        try await sight(of: call, for: .readCases).narrow(&filter)
        filter.promise = .init(isBroken: true, on: today)
        return try await cases(filter, after: nil, limit: limit).rows.compactMap { row in
            row.openPromise.map { BrokenPromise(caseFile: row.id, number: row.number, promise: $0) }
        }
    }

    /// Referrals whose department broke its promise, in cases the caller may see, for the head of the board.
    func brokenReferralPromises(_ call: APICall, limit: Int) async throws(ProblemDetails) -> [WorklistRow] {
        var filter = WorklistFilter(onlyBrokenPromises: true)
        filter.town = try call.query.value("town", as: TownCode.self, form: TownCode.textForm)
        if let owner = call.query.text("department") {
            // The centre promises by case; its referrals are others' promises.
            guard let department = DepartmentCode(owner), owner != "centre" else { return [] }
            filter.department = department
        }
        try await sight(of: call, for: .readCases).narrow(&filter)
        do throws(ViewStoreError) {
            return try await desk.views.worklist(filter, at: desk.clock.now(), limit: limit)
        } catch {
            throw ProblemDetails(error)
        }
    }

    func cases(_ filter: CaseFilter, after: Position?, limit: Int) async throws(ProblemDetails) -> CasePage {
        do throws(ViewStoreError) {
            return try await desk.views.cases(filter, after: after, limit: limit)
        } catch {
            throw ProblemDetails(error)
        }
    }
}

/// A promise nobody kept in time.
struct BrokenPromise: Codable {
    let caseFile: CaseID
    let number: EntityNumber
    let promise: CasePromise

    private enum CodingKeys: String, CodingKey {
        case number, promise
        case caseFile = "case"
    }
}

/// Where a list of cases goes on: `b` before the position while broken promises are still listed.
struct CaseCursor: LosslessStringConvertible {
    /// Positions never come near 2⁶³, the end of JSON numbers; that one stands for the end of a log.
    static let pattern = "^b?(0|[1-9][0-9]{0,17}|9223372036854775807)$"

    let isBroken: Bool
    let position: Position

    init(isBroken: Bool, position: Position) {
        self.isBroken = isBroken
        self.position = position
    }

    init?(_ text: String) {
        isBroken = text.hasPrefix("b")
        guard let number = Int64(isBroken ? text.dropFirst() : text[...]), number >= 0,
            "\(isBroken ? "b" : "")\(number)" == text
        else { return nil }
        position = Position(UInt64(number))
    }

    var description: String { "\(isBroken ? "b" : "")\(position.number)" }
}

extension Position {
    /// After everything a log can hold.
    fileprivate static var last: Position { Position(UInt64(Int64.max)) }
}
