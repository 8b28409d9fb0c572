package import CaseViews
package import Casework
package import EventSourcing
import FoundationEssentials
import GRDB
import WorkingCalendar

extension SQLiteViews {
    package func caseRow(_ id: CaseID) async throws(ViewStoreError) -> CaseRow? {
        try await read { db in try Self.dossier(db, id.blob)?.row }
    }

    package func caseRow(numbered number: EntityNumber) async throws(ViewStoreError) -> CaseRow? {
        try await caseRow(named: number.description)
    }

    package func caseRow(receipt: ReceiptCode) async throws(ViewStoreError) -> CaseRow? {
        try await caseRow(named: receipt.description)
    }

    /// A receipt's code is shorter than any number, so that both keep in one table.
    private func caseRow(named name: String) async throws(ViewStoreError) -> CaseRow? {
        try await read { db in
            try Data.fetchOne(
                db, sql: "SELECT case_id FROM case_number WHERE number = ?", arguments: [name]
            ).flatMap { try Self.dossier(db, $0)?.row }
        }
    }

    package func caseRow(of referral: ReferralID) async throws(ViewStoreError) -> CaseRow? {
        try await read { db in
            try Data.fetchOne(
                db, sql: "SELECT case_id FROM case_referral WHERE referral = ?", arguments: [referral.blob]
            ).flatMap { try Self.dossier(db, $0)?.row }
        }
    }

    static func dossier(_ db: Database, _ caseID: Data) throws -> CaseDossier? {
        try Data.fetchOne(db, sql: "SELECT body FROM case_file WHERE case_id = ?", arguments: [caseID])
            .map { try EventJSON.decode(CaseDossier.self, from: $0) }
    }

    package func cases(_ filter: CaseFilter, after: Position?, limit: Int) async throws(ViewStoreError) -> CasePage {
        precondition((1...500).contains(limit), "a page has 1 to 500 rows")
        let (sql, arguments) = Self.caseQuery(filter, after: after, limit: limit)
        return try await read { db in
            let bodies = try Data.fetchAll(db, sql: sql, arguments: arguments)
            let rows = try bodies.map { try EventJSON.decode(CaseDossier.self, from: $0).row }
            let page = Array(rows.prefix(limit))
            return CasePage(
                rows: page, next: rows.count > limit ? page.last?.opened.position : nil,
                position: try Self.position(db))
        }
    }

    /// The cases of a department or person are found by their own tables, everything else by the case's own columns.
    static func caseQuery(_ filter: CaseFilter, after: Position?, limit: Int) -> (String, StatementArguments) {
        var source = "case_file"
        var key = "case_file.opened"
        var conditions = SQLConditions()
        if let person = filter.person {
            source = "case_person CROSS JOIN case_file USING (case_id)"
            key = "case_person.opened"
            conditions.add("case_person.person = ?", person.blob)
            if let department = filter.department {
                conditions.add(
                    "EXISTS (SELECT 1 FROM case_department d WHERE d.department = ? AND d.opened = case_person.opened)",
                    department.description)
            }
        } else if let department = filter.department {
            source = "case_department CROSS JOIN case_file USING (case_id)"
            key = "case_department.opened"
            conditions.add("case_department.department = ?", department.description)
        }
        if !filter.states.isEmpty {
            let states = filter.states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ",")
            conditions.add("state IN (\(states))")
        }
        if let town = filter.town { conditions.add("town = ?", town.description) }
        if filter.onlyBeforeMeeting { conditions.add("before_meeting = 1") }
        conditions.addSight(filter.keepers, hiding: filter.hiddenPeople)
        if let promise = filter.promise {
            conditions.add(promise.isBroken ? "promise_due < ?" : "promise_due >= ?", promise.day.number)
        }
        if let after { conditions.add("\(key) < ?", after.column) }
        let sql = "SELECT body FROM \(source) \(conditions.clause) ORDER BY \(key) DESC LIMIT \(limit + 1)"
        return (sql, conditions.arguments)
    }

    package func casesFallingDue(by now: Instant, after: Position, limit: Int) async throws(ViewStoreError) -> CasePage
    {
        precondition((1...500).contains(limit), "a page has 1 to 500 rows")
        return try await read { db in
            let bodies = try Data.fetchAll(
                db, sql: Self.fallingDueQuery, arguments: [now.milliseconds, after.column, limit + 1])
            let rows = try bodies.map { try EventJSON.decode(CaseDossier.self, from: $0).row }
            let page = Array(rows.prefix(limit))
            return CasePage(
                rows: page, next: rows.count > limit ? page.last?.opened.position : nil,
                position: try Self.position(db))
        }
    }

    /// The plus keeps the index of openings out: few cases fall due, and all were opened some time.
    static let fallingDueQuery = """
        SELECT body FROM case_file WHERE falls_due <= ? AND falls_due < 9223372036854775807 AND +opened > ?
        ORDER BY +opened LIMIT ?
        """

    package func timeline(
        of caseID: CaseID, after: Position, limit: Int
    ) async throws(ViewStoreError) -> [TimelineRow] {
        precondition((1...500).contains(limit), "a page has 1 to 500 rows")
        return try await read { db in
            try Data.fetchAll(
                db, sql: "SELECT body FROM timeline WHERE case_id = ? AND position > ? ORDER BY position LIMIT ?",
                arguments: [caseID.blob, after.column, limit]
            ).map { try EventJSON.decode(TimelineRow.self, from: $0) }
        }
    }

    package func worklist(
        _ filter: WorklistFilter, at now: Instant, limit: Int
    ) async throws(ViewStoreError) -> [WorklistRow] {
        precondition((1...500).contains(limit), "a page has 1 to 500 rows")
        let parts = Self.worklistQueries(filter, at: now, limit: limit)
        return try await read { db in
            var bodies: [Data] = []
            for (sql, arguments) in parts where bodies.count < limit {
                bodies += try Data.fetchAll(db, sql: sql, arguments: arguments)
            }
            return try bodies.prefix(limit).map { try EventJSON.decode(WorklistRow.self, from: $0) }
        }
    }

    /// Broken promises first, then what is open, then what is closed; each part along an index.
    static func worklistQueries(
        _ filter: WorklistFilter, at now: Instant, limit: Int
    ) -> [(String, StatementArguments)] {
        func part(isOpen: Bool, _ promise: String?, by order: String) -> (String, StatementArguments) {
            var conditions = SQLConditions()
            if let department = filter.department { conditions.add("department = ?", department.description) }
            conditions.add("is_open = \(isOpen ? 1 : 0)")
            if let promise { conditions.add(promise, now.milliseconds) }
            conditions.addCases(of: filter)
            return (
                "SELECT body FROM worklist \(conditions.clause) ORDER BY \(order) LIMIT \(limit)", conditions.arguments
            )
        }
        if let instant = filter.undeliveredSince {
            var conditions = SQLConditions()
            if let department = filter.department { conditions.add("department = ?", department.description) }
            // The constant lets the index of those that wait be used.
            conditions.add("undelivered_key < \(ViewSchema.never)")
            conditions.add("undelivered_key <= ?", instant.milliseconds)
            conditions.addCases(of: filter)
            let order = "undelivered_key, department, referral"
            return [
                (
                    "SELECT body FROM worklist \(conditions.clause) ORDER BY \(order) LIMIT \(limit)",
                    conditions.arguments
                )
            ]
        }
        let broken = part(isOpen: true, "promise_key <= ?", by: "promise_key, referral")
        if filter.onlyBrokenPromises { return [broken] }
        // The plus keeps the index of promises out: these rows are wanted in the order of their due instants.
        let open = part(isOpen: true, "+promise_key > ?", by: "due_key, referral")
        let closed = part(isOpen: false, nil, by: "due_key, referral")
        return filter.includingClosed ? [broken, open, closed] : [broken, open]
    }

    package func request(_ id: HelpRequestID) async throws(ViewStoreError) -> RequestRow? {
        try await read { db in
            try Data.fetchOne(db, sql: "SELECT body FROM request WHERE request = ?", arguments: [id.blob])
                .map { try EventJSON.decode(RequestDossier.self, from: $0).row }
        }
    }

    package func openRequests(after: Position, limit: Int) async throws(ViewStoreError) -> [RequestRow] {
        precondition((1...500).contains(limit), "a page has 1 to 500 rows")
        return try await read { db in
            try Data.fetchAll(
                db, sql: "SELECT body FROM request WHERE is_open = 1 AND recorded > ? ORDER BY recorded LIMIT ?",
                arguments: [after.column, limit]
            ).map { try EventJSON.decode(RequestDossier.self, from: $0).row }
        }
    }

    package func sealedParts(of people: [PersonReference]) async throws(ViewStoreError) -> [SealedPartReference] {
        try await read { db in
            var parts: [SealedPartReference] = []
            let statement = try db.cachedStatement(
                sql: "SELECT grp, position, event, section FROM sealed_part WHERE person = ? ORDER BY grp")
            for person in people {
                for row in try Row.fetchAll(statement, arguments: [person.blob]) {
                    guard let group = FieldGroup(rawValue: row["grp"]) else { continue }
                    parts.append(
                        SealedPartReference(
                            group: group, person: person, position: Position(column: row["position"]),
                            eventID: try UniqueID(column: row["event"]), section: row["section"]))
                }
            }
            return parts
        }
    }
}
