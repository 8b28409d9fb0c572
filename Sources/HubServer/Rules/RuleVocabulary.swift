import Casework
import EventSourcing
import RuleBook

/// Checks that a rule speaks of events and properties the hub records; a typing error would never start a limit.
enum RuleVocabulary {
    static func check(_ rule: DeadlineRule, at key: String, of document: RuleDocument) throws(RuleFileError) {
        let groups = [("start", rule.start), ("stop", rule.stop), ("cancel", rule.cancel ?? [])]
        for (name, triggers) in groups {
            for (index, trigger) in triggers.enumerated() {
                let key = "\(key).\(name)[\(index)]"
                let properties = try properties(of: trigger.event, at: "\(key).event", of: document)
                for property in (trigger.when ?? [:]).keys.sorted() where !properties.contains(property) {
                    throw unknownProperty(property, of: trigger.event, at: "\(key).when.\(property)", of: document)
                }
            }
        }
        let started = rule.start.map(\.event)
        if let property = rule.limitProperty {
            try requireProperty(property, ofOneOf: started, at: "\(key).limitProperty", of: document)
        }
        for (index, variant) in (rule.variants ?? []).enumerated() {
            for property in variant.when.keys.sorted() {
                try requireProperty(
                    property, ofOneOf: started, at: "\(key).variants[\(index)].when.\(property)", of: document)
            }
        }
    }

    private static func properties(
        of event: String, at key: String, of document: RuleDocument
    ) throws(RuleFileError) -> Set<String> {
        guard let kind = HubEvent.Kind(rawValue: event) else {
            let names = HubEvent.Kind.allCases.map(\.rawValue)
            let near = names.filter { $0.hasPrefix(event.prefix(4)) }.sorted().prefix(4).joined(separator: ", ")
            throw RuleFileError(
                .unknownEvent, at: document.place(key), Label("中心不记录这种事件。", "The hub records no such event."),
                remedy: Label(
                    near.isEmpty ? "事件名称见 schemas/events。" : "是不是 \(near)？",
                    near.isEmpty ? "See schemas/events for the names." : "Perhaps one of \(near)."))
        }
        return Set(HubEvent.fieldGroups(of: kind).keys)
    }

    private static func requireProperty(
        _ property: String, ofOneOf events: [String], at key: String, of document: RuleDocument
    ) throws(RuleFileError) {
        let has = events.contains { event in
            HubEvent.Kind(rawValue: event).map { HubEvent.fieldGroups(of: $0)[property] != nil } ?? false
        }
        guard has else {
            throw unknownProperty(property, of: events.joined(separator: ", "), at: key, of: document)
        }
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
