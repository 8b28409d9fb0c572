package import CaseViews
import Casework
package import EventSourcing
import Registry
package import RuleBook

/// What is asked at the counter; exactly one is given.
package struct FindQuestion: Codable, Hashable, Sendable {
    /// 18 characters with a right check character (GB 11643).
    package var idNumber: String?
    /// Two or more characters of a name.
    package var name: String?
    package var phone: String?
    /// Of a case, referral, decision or follow-up.
    package var number: EntityNumber?

    package init(idNumber: String? = nil, name: String? = nil, phone: String? = nil, number: EntityNumber? = nil) {
        self.idNumber = idNumber
        self.name = name
        self.phone = phone
        self.number = number
    }
}

/// What was found, masked: opening it is another request, and recorded.
package struct FindAnswer: Codable, Hashable, Sendable {
    /// One case, without anybody's name.
    package struct Case: Codable, Hashable, Sendable {
        package let id: CaseID
        package let number: EntityNumber
        package let state: CaseRow.State
        package let town: TownCode?
        package let post: PostCode?
    }

    /// One person with the cases the reader may see.
    package struct Person: Codable, Hashable, Sendable {
        package let person: PersonReference
        /// `张*`, of a minor `张某`; nothing when erased.
        package let name: String?
        package let cases: [Case]
    }

    /// How far a case of another town is, and nothing else of it.
    package struct Status: Codable, Hashable, Sendable {
        package let number: EntityNumber
        package let state: CaseRow.State
    }

    package var people: [Person] = []
    package var statuses: [Status] = []
    /// Whether there may be more: ask for more of the name.
    package var isCut = false
}

extension CaseDesk {
    /// As many people as one answer shows.
    private static let answerLimit = 20

    /// Finds a person or case at the counter by identity number, name, telephone or number, over indexes alone.
    ///
    /// Any station learns the state of a case of another town on card or number, as a recorded read; of a name or
    /// telephone number it learns only what is its own.
    ///
    /// - Throws: ``DeskError`` naming the field that does not read.
    package func find(_ question: FindQuestion, by principal: Principal) async throws(DeskError) -> FindAnswer {
        let given = [question.idNumber, question.name, question.phone, question.number?.description]
        guard given.count(where: { $0 != nil }) == 1 else {
            throw Self.malformed("", "请填写一项查询条件", "give exactly one thing to look for")
        }
        _ = try await sight(of: principal, for: .findPeople)
        let sight = try await sight(of: principal, for: .readCases)
        var answer = FindAnswer()
        if let number = question.number {
            guard let row = try await viewed({ () throws(ViewStoreError) in try await views.caseRow(numbered: number) })
            else { return answer }
            if sight.sees(row) {
                if let person = row.applicant { answer.people = [try await found(person, [row])] }
            } else {
                try await tellStatus(of: row, sight, principal, &answer)
            }
            return answer
        }
        var candidates: [PersonReference]
        if let text = question.idNumber {
            candidates = try keys.person(identityNumber: try Self.identityNumber(text)).map { [$0] } ?? []
        } else if let text = question.phone {
            candidates = try keys.persons(withPhone: try Self.phoneNumber(text), limit: Self.answerLimit + 1)
        } else {
            candidates = try keys.persons(named: try Self.name(question.name ?? ""), limit: 3 * Self.answerLimit)
        }
        candidates.removeAll { sight.hiddenPeople.contains($0) }
        for person in candidates {
            guard answer.people.count < Self.answerLimit else {
                answer.isCut = true
                break
            }
            try await add(person, question, sight, principal, &answer)
        }
        return answer
    }

    private func add(
        _ person: PersonReference, _ question: FindQuestion, _ sight: CaseSight, _ principal: Principal,
        _ answer: inout FindAnswer
    ) async throws(DeskError) {
        let rows = try await viewed { () throws(ViewStoreError) in
            try await views.cases(CaseFilter(person: person), after: nil, limit: 50).rows
        }
        let own = rows.filter { sight.sees($0) }
        if question.idNumber != nil {
            for row in rows where !sight.sees(row) { try await tellStatus(of: row, sight, principal, &answer) }
            // Somebody with the card in hand may be new here: the reference is what the counter goes on with.
            answer.people.append(try await found(person, own))
        } else if !own.isEmpty || !sight.isLocal {
            let name = question.name.map { $0.filter { !$0.isWhitespace } } ?? ""
            let masked = await MaskedNames(desk: self).name(of: person, holding: name)
            guard name.isEmpty || masked != nil else { return }
            answer.people.append(FindAnswer.Person(person: person, name: masked, cases: own.map(FindAnswer.Case.init)))
        }
    }

    private func found(_ person: PersonReference, _ rows: [CaseRow]) async throws(DeskError) -> FindAnswer.Person {
        FindAnswer.Person(
            person: person, name: await MaskedNames(desk: self).name(of: person), cases: rows.map(FindAnswer.Case.init))
    }

    private func tellStatus(
        of row: CaseRow, _ sight: CaseSight, _ principal: Principal, _ answer: inout FindAnswer
    ) async throws(DeskError) {
        guard sight.hiddenPeople.isDisjoint(with: row.people) else { return }
        try await recordStatus(of: row, by: principal)
        answer.statuses.append(FindAnswer.Status(number: row.number, state: row.state))
    }

    func viewed<Value>(_ read: () async throws(ViewStoreError) -> Value) async throws(DeskError) -> Value {
        do throws(ViewStoreError) {
            return try await read()
        } catch {
            throw DeskError(.viewsUnavailable)
        }
    }

    static func identityNumber(_ text: String) throws(DeskError) -> String {
        do throws(IdentityNumber.Malformation) {
            return try IdentityNumber(text).characters
        } catch {
            throw malformed("idNumber", error.sentence.chinese, error.sentence.english)
        }
    }

    /// Digits of a number as people write it, with spaces, hyphens and +86.
    package static func phoneNumber(_ text: String) throws(DeskError) -> String {
        var digits = text.filter { !" -()".contains($0) }
        if digits.hasPrefix("+86") { digits.removeFirst(3) }
        guard (7...15).contains(digits.count), digits.allSatisfy({ "0123456789".contains($0) }) else {
            throw malformed("phone", "电话号码为 7 至 15 位数字", "a telephone number has 7 to 15 digits")
        }
        return digits
    }

    private static func name(_ text: String) throws(DeskError) -> String {
        let name = text.filter { !$0.isWhitespace }
        guard (2...20).contains(name.count) else {
            throw malformed("name", "姓名至少输入两个字", "give 2 to 20 characters of the name")
        }
        return name
    }

    static func malformed(_ field: String, _ chinese: String, _ english: String) -> DeskError {
        DeskError(.findMalformed, field: field, remedy: "\(chinese) / \(english)")
    }
}

extension FindAnswer.Case {
    init(_ row: CaseRow) {
        self.init(id: row.id, number: row.number, state: row.state, town: row.town, post: row.post)
    }
}
