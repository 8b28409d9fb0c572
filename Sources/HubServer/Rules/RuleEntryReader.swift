import EventSourcing
import RuleBook
import WorkingCalendar

/// Reads one entry of a rule file and goes on after a mistake, so that the next one is found as well.
struct RuleEntryReader {
    let document: RuleDocument
    /// Path of the entry, `deadlines[3]`.
    let key: String
    var findings: RuleFindings

    /// More mistakes in one entry than anyone mends at a time.
    private static let mostMistakes = 50

    /// The entry as far as it can be read; nothing when something it needs is missing or unusable.
    mutating func read<Value: Codable>(_ type: Value.Type, from entry: JSONValue) -> Value? {
        var rest = entry
        var removed: Set<String> = []
        for _ in 0..<Self.mostMistakes {
            let error: BodyError
            do {
                return try BodyReader.read(type, from: EventJSON.encode(rest))
            } catch let found as BodyError {
                error = found
            } catch {
                findings.add(
                    RuleFileError(
                        .invalidValue, at: document.place(key), Label("这一项读不懂。", "This entry cannot be read."),
                        remedy: Label("对照 deploy/rulebook 中的写法。", "Compare it with deploy/rulebook.")))
                return nil
            }
            // That something is missing which was taken out here is no second mistake.
            guard !removed.contains(error.field) else { return nil }
            findings.add(explain(error))
            guard error.code != .missingField, let smaller = rest.without(error.field[...]) else { return nil }
            rest = smaller
            removed.insert(error.field)
        }
        return nil
    }

    /// A limit, whose events and properties must be ones the hub records.
    mutating func readRule(from entry: JSONValue) -> DeadlineRule? {
        guard let rule = read(DeadlineRule.self, from: entry) else { return nil }
        for mistake in RuleVocabulary.mistakes(in: rule, at: key, of: document) { findings.add(mistake) }
        return rule
    }

    /// A calendar, every day of which must stand where it belongs; nothing when one does not.
    mutating func readCalendar(from entry: JSONValue) -> CalendarDocument? {
        guard let calendar = read(CalendarDocument.self, from: entry) else { return nil }
        let mistakes = calendar.mistakes
        findings.add(mistakes, at: key, of: document)
        return mistakes.isEmpty ? calendar : nil
    }

    private func explain(_ error: BodyError) -> RuleFileError {
        let field = error.field.isEmpty || error.field.hasPrefix("[") ? key + error.field : "\(key).\(error.field)"
        let place = document.place(field)
        switch error.code {
        case .unknownField:
            return RuleFileError(
                .unknownKey, at: place, Label("没有这个键。", "There is no such key."),
                remedy: Label("改正拼写或删除。", "Correct its spelling or remove it."))
        case .missingField:
            return RuleFileError(
                .missingKey, at: place, Label("缺少这个键。", "This key is missing."),
                remedy: Label("补上这个键。", "Add it; it is required."))
        case .wrongType:
            return RuleFileError(
                .wrongType, at: place, Label("值的类型不对。", "The value has the wrong type."),
                remedy: Label("改成应有的类型。", "Here, \(error.remedy)."))
        case .invalidValue, .malformedJSON:
            return RuleFileError(
                .invalidValue, at: place, Label("值不可用。", "The value is not allowed."),
                remedy: Label(
                    "改成允许的值。", "It \(error.remedy.hasPrefix("must ") ? "" : "must be mended: ")\(error.remedy)."))
        }
    }
}

extension JSONValue {
    /// The value without the member at a path such as `start[0].when.kind`; nothing when the path ends in a list.
    fileprivate func without(_ path: Substring) -> JSONValue? {
        if path.first == "[" {
            guard case .array(var elements) = self, let close = path.firstIndex(of: "]"),
                let index = Int(path[path.index(after: path.startIndex)..<close]), elements.indices.contains(index),
                let smaller = elements[index].without(path[path.index(after: close)...].drop { $0 == "." })
            else { return nil }
            elements[index] = smaller
            return .array(elements)
        }
        guard case .object(var members) = self, !path.isEmpty else { return nil }
        let name = String(path.prefix { $0 != "." && $0 != "[" })
        let rest = path.dropFirst(name.count).drop { $0 == "." }
        guard let member = members[name] else { return nil }
        if rest.isEmpty {
            members[name] = nil
        } else {
            guard let smaller = member.without(rest) else { return nil }
            members[name] = smaller
        }
        return .object(members)
    }
}
