package import EventSourcing
package import WorkingCalendar

/// What has been laid down at this hub; cases are added, never edited or removed.
package enum RuleBookEvent: DomainEvent {
    case hubCreated(HubCreated)
    case departmentRegistered(Department)
    case departmentKeysRegistered(DepartmentKeys)
    case townRegistered(Town)
    case postHolderChanged(PostTenure)
    case departmentSucceeded(DepartmentSuccession)
    case policyItemPublished(PolicyItem)
    case policyItemRevised(PolicyItem)
    case policyItemRetired(PolicyItemRetirement)
    case dispatchCatalogRevised(DispatchTask)
    case deadlineRulePublished(DeadlineRule)
    case calendarPublished(CalendarPublished)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case hubCreated = "HubCreated"
        case departmentRegistered = "DepartmentRegistered"
        case departmentKeysRegistered = "DepartmentKeysRegistered"
        case townRegistered = "TownRegistered"
        case postHolderChanged = "PostHolderChanged"
        case departmentSucceeded = "DepartmentSucceeded"
        case policyItemPublished = "PolicyItemPublished"
        case policyItemRevised = "PolicyItemRevised"
        case policyItemRetired = "PolicyItemRetired"
        case dispatchCatalogRevised = "DispatchCatalogRevised"
        case deadlineRulePublished = "DeadlineRulePublished"
        case calendarPublished = "CalendarPublished"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .hubCreated(let created): (.hubCreated, created)
        case .departmentRegistered(let department): (.departmentRegistered, department)
        case .departmentKeysRegistered(let keys): (.departmentKeysRegistered, keys)
        case .townRegistered(let town): (.townRegistered, town)
        case .postHolderChanged(let tenure): (.postHolderChanged, tenure)
        case .departmentSucceeded(let succession): (.departmentSucceeded, succession)
        case .policyItemPublished(let item): (.policyItemPublished, item)
        case .policyItemRevised(let item): (.policyItemRevised, item)
        case .policyItemRetired(let retirement): (.policyItemRetired, retirement)
        case .dispatchCatalogRevised(let task): (.dispatchCatalogRevised, task)
        case .deadlineRulePublished(let rule): (.deadlineRulePublished, rule)
        case .calendarPublished(let calendar): (.calendarPublished, calendar)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .hubCreated: self = .hubCreated(try HubCreated(from: decoder))
        case .departmentRegistered: self = .departmentRegistered(try Department(from: decoder))
        case .departmentKeysRegistered: self = .departmentKeysRegistered(try DepartmentKeys(from: decoder))
        case .townRegistered: self = .townRegistered(try Town(from: decoder))
        case .postHolderChanged: self = .postHolderChanged(try PostTenure(from: decoder))
        case .departmentSucceeded: self = .departmentSucceeded(try DepartmentSuccession(from: decoder))
        case .policyItemPublished: self = .policyItemPublished(try PolicyItem(from: decoder))
        case .policyItemRevised: self = .policyItemRevised(try PolicyItem(from: decoder))
        case .policyItemRetired: self = .policyItemRetired(try PolicyItemRetirement(from: decoder))
        case .dispatchCatalogRevised: self = .dispatchCatalogRevised(try DispatchTask(from: decoder))
        case .deadlineRulePublished: self = .deadlineRulePublished(try DeadlineRule(from: decoder))
        case .calendarPublished: self = .calendarPublished(try CalendarPublished(from: decoder))
        }
    }

    /// Rules are public: every property is reference.
    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        let names: [String] =
            switch kind {
            case .hubCreated: ["hubCode", "demo", "format"]
            case .departmentRegistered:
                [
                    "code", "version", "kind", "name", "posts", "towns", "neverGets", "successorOf", "provenance",
                    "effectiveFrom",
                ]
            case .departmentKeysRegistered: ["department", "transport", "agreement", "signing", "account"]
            case .townRegistered:
                ["code", "version", "kind", "name", "villages", "stations", "provenance", "effectiveFrom"]
            case .postHolderChanged: ["post", "holder", "from", "until"]
            case .departmentSucceeded: ["department", "successor", "from", "basis"]
            case .policyItemPublished, .policyItemRevised:
                [
                    "code", "version", "name", "department", "eligibility", "limit", "statutory", "pauses", "basis",
                    "papers", "needsPublicity", "concernsMinor", "advanceReliefCap", "stationReliefCap", "delegation",
                    "provenance", "effectiveFrom",
                ]
            case .policyItemRetired: ["code", "from", "reason", "replacedBy"]
            case .dispatchCatalogRevised:
                [
                    "code", "version", "kind", "name", "items", "participants", "limit", "basis", "purpose",
                    "townDuty", "provenance", "effectiveFrom",
                ]
            case .deadlineRulePublished:
                [
                    "id", "version", "name", "scope", "terms", "limitProperty", "variants", "start", "stop", "cancel",
                    "repeats", "bound", "owner", "pausable", "ladder", "promise", "basis", "effectiveFrom",
                    "policyItems",
                    "extendable",
                ]
            case .calendarPublished: ["calendar"]
            }
        return Dictionary(uniqueKeysWithValues: names.map { ($0, FieldGroup.reference) })
    }
}

/// The first event of every log: what hub this is.
package struct HubCreated: EventPayload {
    /// 2 to 6 capital letters, the front of every number, `DY`.
    package var hubCode: String
    /// Whether this is a demo, whose clock can be set; as `log_meta.demo`.
    package var demo: Bool
    /// Version of `FORMATS.md`, 1.
    package var format: Int

    package init(hubCode: String, demo: Bool, format: Int = 1) {
        self.hubCode = hubCode
        self.demo = demo
        self.format = format
    }
}

/// A whole calendar; a later one replaces it for everything asked as of a later position.
package struct CalendarPublished: EventPayload {
    package var calendar: CalendarDocument

    package init(calendar: CalendarDocument) {
        self.calendar = calendar
    }
}
