package import EventSourcing

/// What one event type stores, and to which field group each of its properties belongs.
package protocol GroupedPayload: EventPayload {
    /// The group of each stored property by name; the same as `x-group` in the event's schema.
    static var fieldGroups: [String: FieldGroup] { get }
}

/// Turns "group: its properties" round, which is how the groups are easiest to read and check.
func properties(_ namesByGroup: [FieldGroup: [String]]) -> [String: FieldGroup] {
    var groups: [String: FieldGroup] = [:]
    for (group, names) in namesByGroup {
        for name in names { groups[name] = group }
    }
    return groups
}
