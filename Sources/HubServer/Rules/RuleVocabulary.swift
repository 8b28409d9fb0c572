import Casework
import EventSourcing
import RuleBook

/// Checks that a rule speaks of events and properties the hub records; a typing error would never start a limit.
enum RuleVocabulary {
    /// Every name in a rule that means nothing, with its place.
    static func mistakes(
        in rule: DeadlineRule, at key: String, of document: RuleDocument
    ) -> [RuleFileError] {
        let groups = [("start", rule.start), ("stop", rule.stop), ("cancel", rule.cancel ?? [])]
        var mistakes: [RuleFileError] = []
        for (name, triggers) in groups {
            for (index, trigger) in triggers.enumerated() {
                mistakes += self.mistakes(in: trigger, at: "\(key).\(name)[\(index)]", of: document)
            }
        }
        for (name, triggers) in groups {
            for (index, trigger) in triggers.enumerated() where triggers[..<index].contains(trigger) {
                mistakes.append(
                    RuleFileError(
                        .secondStart, at: document.place("\(key).\(name)[\(index)]"),
                        Label("同一事件列了两次。", "The same event is listed twice."),
                        remedy: Label("只留一个。", "Keep one of them.")))
            }
        }
        let stops = Set(rule.stop).intersection(rule.start)
        if rule.repeats != true, let both = rule.start.firstIndex(where: { stops.contains($0) }) {
            mistakes.append(
                RuleFileError(
                    .secondStart, at: document.place("\(key).start[\(both)]"),
                    Label("同一事件既起算又终止，会再次起算。", "An event that stops the limit starts it a second time."),
                    remedy: Label(
                        "从 start 或 stop 删去，循环的写 repeats: true。", "Remove it from one, or write repeats: true.")))
        }
        for (index, item) in (rule.policyItems ?? []).enumerated()
        where (rule.policyItems ?? [])[..<index].contains(item) {
            mistakes.append(
                RuleFileError(
                    .secondStart, at: document.place("\(key).policyItems[\(index)]"),
                    Label("事项 \(item) 列了两次。", "The item \(item) is listed twice."),
                    remedy: Label("只留一个。", "Keep one of them.")))
        }
        let started = rule.start.map(\.event)
        // An event nobody knows is told once; what properties it would have cannot be said.
        guard started.allSatisfy({ HubEvent.Kind(rawValue: $0) != nil }) else { return mistakes }
        var asked = rule.limitProperty.map { [($0, "\(key).limitProperty")] } ?? []
        for (index, variant) in (rule.variants ?? []).enumerated() {
            asked += variant.when.keys.sorted().map { ($0, "\(key).variants[\(index)].when.\($0)") }
        }
        for (property, place) in asked where !started.contains(where: { properties(of: $0).contains(property) }) {
            mistakes.append(
                unknownProperty(property, of: started.joined(separator: ", "), at: place, of: document))
        }
        return mistakes
    }

    private static func mistakes(
        in trigger: DeadlineRule.Trigger, at key: String, of document: RuleDocument
    ) -> [RuleFileError] {
        guard HubEvent.Kind(rawValue: trigger.event) != nil else {
            return [unknownEvent(trigger.event, at: "\(key).event", of: document)]
        }
        let properties = properties(of: trigger.event)
        return (trigger.when ?? [:]).keys.sorted().filter { !properties.contains($0) }.map { property in
            unknownProperty(property, of: trigger.event, at: "\(key).when.\(property)", of: document)
        }
    }

    private static func properties(of event: String) -> Set<String> {
        HubEvent.Kind(rawValue: event).map { Set(HubEvent.fieldGroups(of: $0).keys) } ?? []
    }

    private static func unknownEvent(_ event: String, at key: String, of document: RuleDocument) -> RuleFileError {
        let names = HubEvent.Kind.allCases.map(\.rawValue)
        let near = names.filter { $0.hasPrefix(event.prefix(4)) }.sorted().prefix(4).joined(separator: ", ")
        return RuleFileError(
            .unknownEvent, at: document.place(key), Label("中心不记录这种事件。", "The hub records no such event."),
            remedy: Label(
                near.isEmpty ? "事件名称见 schemas/events。" : "是不是 \(near)？",
                near.isEmpty ? "See schemas/events for the names." : "Perhaps one of \(near)."))
    }

    private static func unknownProperty(
        _ property: String, of event: String, at key: String, of document: RuleDocument
    ) -> RuleFileError {
        RuleFileError(
            .unknownProperty, at: document.place(key),
            Label("\(event) 没有属性 \(property)。", "\(event) has no property \(property)."),
            remedy: Label("属性名称见 schemas/events。", "See schemas/events for its properties."))
    }
}
