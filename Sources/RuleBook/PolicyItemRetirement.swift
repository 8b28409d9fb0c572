import EventSourcing
package import WorkingCalendar

/// The end of a policy item; the payload of `PolicyItemRetired`.
///
/// What was asked for before is decided as before.
package struct PolicyItemRetirement: EventPayload {
    package var code: PolicyItemCode
    /// First civil day on which it can no longer be asked for.
    package var from: CivilDay
    package var reason: String
    /// What to ask for instead.
    package var replacedBy: PolicyItemCode?

    package init(code: PolicyItemCode, from: CivilDay, reason: String, replacedBy: PolicyItemCode? = nil) {
        self.code = code
        self.from = from
        self.reason = reason
        self.replacedBy = replacedBy
    }
}
