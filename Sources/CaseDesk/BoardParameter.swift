package import CaseViews
import Casework
import Deadlines
package import EventSourcing
package import RuleBook
import WorkingCalendar

/// What a board is filtered by, as addresses and options name it; API, console and terminal use the same words.
package enum BoardParameter: String, CaseIterable, Sendable {
    case state, department, town, handler, rule, item, kind, channel, urgent, promise, provisional, paused
    case dueFrom, dueThrough, startedFrom, startedThrough, mine, village, level, levelFrom, irregular, lateRecord,
        pausedOver, view, sort

    /// What a value looks like.
    package var form: String {
        switch self {
        case .state: "one or more of \(Self.words(DeadlineState.self)), separated by commas"
        case .department: "centre, or \(DepartmentCode.textForm)"
        case .town: "none, or \(TownCode.textForm)"
        case .handler: PostCode.textForm
        case .rule: DeadlineRuleID.textForm
        case .item: PolicyItemCode.textForm
        case .kind: "one of \(Self.words(EventTag.Kind.self))"
        case .channel: "one of \(Self.words(RequestChannel.self))"
        case .paused: "one of \(Self.words(DeadlineRule.PauseReason.self))"
        case .urgent, .promise, .provisional, .irregular, .lateRecord: "true or false"
        case .village: "a town and a village such as huangtang/xincun"
        case .level: "the highest rung of the ladder crossed, 1 through 5"
        case .levelFrom: "the lowest rung of the ladder crossed at least, 1 through 5"
        case .pausedOver: "working days, 1 through 250"
        case .view: "one of \(Self.words(BoardView.self))"
        case .sort: "one of \(Self.words(BoardSort.self)); started where only open states are asked for"
        case .mine: "true"
        case .dueFrom, .dueThrough, .startedFrom, .startedThrough: "a date that exists such as 2026-11-20"
        }
    }

    private static func words<Word: CaseIterable & RawRepresentable<String>>(_ type: Word.Type) -> String {
        Word.allCases.map(\.rawValue).joined(separator: ", ")
    }
}

/// A value of a board's filter that is not of its form, or cannot hold beside another.
package struct BoardParameterError: Error, Hashable, Sendable {
    package let parameter: BoardParameter
    /// Whether the value is of its form and contradicts another parameter.
    package var isContradiction = false
}

extension BoardFilter {
    /// Reads a filter from the parameters given; a missing one is no constraint.
    ///
    /// - Parameters:
    ///   - principal: Whose deadlines "mine" are: of the account's post, else of its department, else of the centre.
    ///   - now: Whose day "today" is.
    ///   - value: The text of a parameter.
    /// - Throws: ``BoardParameterError`` for the first value that is not of its form, or contradicts another.
    package init(
        for principal: Principal, at now: Instant, reading value: @escaping (BoardParameter) -> String?
    ) throws(BoardParameterError) {
        self.init()
        let reader = BoardParameterReader(value: value)
        states = try reader.words(.state)
        rule = try reader.text(.rule)
        policyItem = try reader.text(.item)
        handler = try reader.text(.handler)
        kind = try reader.word(.kind)
        channel = try reader.word(.channel)
        pausedFor = try reader.word(.paused)
        isUrgent = try reader.flag(.urgent)
        isPromise = try reader.flag(.promise)
        isProvisional = try reader.flag(.provisional)
        dueFrom = try reader.text(.dueFrom)
        dueThrough = try reader.text(.dueThrough)
        startedFrom = try reader.text(.startedFrom)
        startedThrough = try reader.text(.startedThrough)
        if value(.town) == "none" { isWithoutTown = true } else { town = try reader.text(.town) }
        if value(.department) == "centre" {
            owner = .centre
        } else if let code: DepartmentCode = try reader.text(.department) {
            owner = .department(code)
        }
        village = try reader.text(.village)
        isIrregular = try reader.flag(.irregular)
        isLateRecord = try reader.flag(.lateRecord)
        // Only what was met can have been entered late: whoever asks for these asks for closed ones.
        if isLateRecord == true, states.isEmpty { states = [.met, .metLate] }
        level = try reader.level(.level)
        levelFrom = try reader.level(.levelFrom)
        pausedOver = try reader.text(.pausedOver)
        guard pausedOver.map({ (1...250).contains($0) }) ?? true else {
            throw BoardParameterError(parameter: .pausedOver)
        }
        if let view: BoardView = try reader.word(.view) {
            view.narrow(&self, on: CivilDay(containing: now.milliseconds))
        }
        sort = try reader.word(.sort) ?? .attention
        guard sort != .started || states.allSatisfy(\.isOpen) else {
            throw BoardParameterError(parameter: .sort, isContradiction: true)
        }
        guard let mine = try reader.flag(.mine) else { return }
        guard mine else { throw BoardParameterError(parameter: .mine) }
        narrowToOwn(of: principal)
    }

    private mutating func narrowToOwn(of principal: Principal) {
        if let post = principal.post {
            handler = handler ?? post
        } else {
            owner = owner ?? principal.department.map(Owner.department) ?? .centre
        }
    }

    /// The filter as parameters of an address, in order; what a reader may not see is no part of it.
    package var parameters: [(name: String, value: String)] {
        var parameters: [(BoardParameter, String?)] = [
            (.state, states.isEmpty ? nil : states.map(\.rawValue).sorted().joined(separator: ","))
        ]
        switch owner {
        case .centre: parameters.append((.department, "centre"))
        case .department(let code): parameters.append((.department, code.description))
        case nil: break
        }
        parameters += [
            (.town, isWithoutTown ? "none" : town?.description), (.handler, handler?.description),
            (.rule, rule?.description), (.item, policyItem?.description), (.kind, kind?.rawValue),
            (.channel, channel?.rawValue), (.urgent, isUrgent?.description), (.promise, isPromise?.description),
            (.provisional, isProvisional?.description), (.paused, pausedFor?.rawValue),
            (.dueFrom, dueFrom?.description), (.dueThrough, dueThrough?.description),
            (.startedFrom, startedFrom?.description), (.startedThrough, startedThrough?.description),
            (.village, village?.description), (.level, level.map { "\($0.rawValue)" }),
            (.levelFrom, levelFrom.map { "\($0.rawValue)" }), (.irregular, isIrregular?.description),
            (.lateRecord, isLateRecord?.description), (.pausedOver, pausedOver?.description),
            (.sort, sort == .attention ? nil : sort.rawValue),
        ]
        return parameters.compactMap { name, value in value.map { (name.rawValue, $0) } }
    }
}

/// Reads values of their forms.
private struct BoardParameterReader {
    let value: (BoardParameter) -> String?

    func text<Value: LosslessStringConvertible>(_ name: BoardParameter) throws(BoardParameterError) -> Value? {
        guard let text = value(name) else { return nil }
        guard let value = Value(text) else { throw BoardParameterError(parameter: name) }
        return value
    }

    func word<Word: RawRepresentable<String>>(_ name: BoardParameter) throws(BoardParameterError) -> Word? {
        guard let text = value(name) else { return nil }
        guard let word = Word(rawValue: text) else { throw BoardParameterError(parameter: name) }
        return word
    }

    func words<Word: RawRepresentable<String> & Hashable>(
        _ name: BoardParameter
    ) throws(BoardParameterError) -> Set<Word> {
        guard let text = value(name) else { return [] }
        var words: Set<Word> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let word = Word(rawValue: String(part)) else { throw BoardParameterError(parameter: name) }
            words.insert(word)
        }
        return words
    }

    func level(_ name: BoardParameter) throws(BoardParameterError) -> LadderLevel? {
        guard let rung: Int = try text(name) else { return nil }
        guard let level = LadderLevel(rawValue: rung) else { throw BoardParameterError(parameter: name) }
        return level
    }

    func flag(_ name: BoardParameter) throws(BoardParameterError) -> Bool? {
        switch value(name) {
        case nil: nil
        case "true": true
        case "false": false
        default: throw BoardParameterError(parameter: name)
        }
    }
}
