package import CaseViews
package import Casework
import EventSourcing
import FoundationEssentials
package import RuleBook

/// What somebody shows at any station to hear how far their case is; exactly one is given.
package struct StatusQuestion: Codable, Hashable, Sendable {
    /// Of the receipt.
    package var receipt: ReceiptCode?
    /// 18 characters with a right check character (GB 11643), of the card in hand.
    package var idNumber: String?

    package init(receipt: ReceiptCode? = nil, idNumber: String? = nil) {
        self.receipt = receipt
        self.idNumber = idNumber
    }
}

/// How far the cases are, newest first; empty where there is none.
package struct StatusAnswer: Codable, Hashable, Sendable {
    package let cases: [CaseStatus]
}

extension CaseDesk {
    /// Tells at any station how far a case is, on its receipt or its applicant's card, as a recorded read.
    ///
    /// Of a card only cases in which its holder applies are told: others know why they are in somebody's case from them.
    ///
    /// - Throws: ``DeskError`` naming the field that does not read.
    package func tellStatus(_ question: StatusQuestion, by principal: Principal) async throws(DeskError)
        -> StatusAnswer
    {
        guard (question.receipt == nil) != (question.idNumber == nil) else {
            throw Self.malformed("", "请填写一项查询条件", "give exactly one thing to look for")
        }
        let sight = try await sight(of: principal, for: .askStatus)
        var rows: [CaseRow] = []
        if let receipt = question.receipt {
            let found = try await viewed { () throws(ViewStoreError) in try await views.caseRow(receipt: receipt) }
            rows = found.map { [$0] } ?? []
        } else if let person = try keys.person(identityNumber: try Self.identityNumber(question.idNumber ?? "")) {
            rows = try await viewed { () throws(ViewStoreError) in
                try await views.cases(CaseFilter(person: person), after: nil, limit: 50).rows
            }.filter { $0.applicant == person }
        }
        var told: [CaseStatus] = []
        for row in rows where sight.hiddenPeople.isDisjoint(with: row.people) {
            try await recordStatus(of: row, by: principal)
            let deadlines = try await viewed { () throws(ViewStoreError) in try await views.deadlines(of: row.id) }
            told.append(CaseStatus(of: row, deadlines: deadlines))
        }
        return StatusAnswer(cases: told)
    }

    /// Records that the state of a case was told; the same question within a quarter of an hour once, whatever its id.
    func recordStatus(of row: CaseRow, by principal: Principal) async throws(DeskError) {
        let request = CommandRequest(
            id: identifiers.next(at: clock.now()), type: AnswerStatusQuestion.name,
            subject: Subject.caseFile(row.id).text, body: CommandBody(),
            bytes: Data(), principal: principal, channel: "http")
        _ = try await perform(request, as: AnswerStatusQuestion.self)
    }
}
