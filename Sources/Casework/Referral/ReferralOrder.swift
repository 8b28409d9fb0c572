package import Deadlines
package import EventSourcing
package import RuleBook

/// What a dispatcher asks for: the open body of drafting and dispatching.
package struct ReferralOrder: Codable, Hashable, Sendable {
    /// Left out where one task alone serves the items.
    package var task: TaskCode?
    package var items: [ItemID]?
    /// Who stands in which role of the catalogue, by role: `{"applicant": …}`; the applicant is added.
    package var people: [String: PersonReference]?
    package var kind: ReferralKind?
    package var lead: DepartmentCode?
    /// The catalogue's when left out; may be fewer.
    package var coHandlers: [DepartmentCode]?
    package var limit: DeadlineLimit?
    package var town: TownCode?
    package var priority: ReferralPriority?
    package var basis: String?
    package var purpose: String?
    package var resolution: ResolutionID?
    /// The returned or declined referral it follows.
    package var predecessor: ReferralID?
    package var locationProtected: Bool?

    package init(
        task: TaskCode? = nil, items: [ItemID]? = nil, people: [String: PersonReference]? = nil,
        kind: ReferralKind? = nil, lead: DepartmentCode? = nil, coHandlers: [DepartmentCode]? = nil,
        limit: DeadlineLimit? = nil, town: TownCode? = nil, priority: ReferralPriority? = nil, basis: String? = nil,
        purpose: String? = nil, resolution: ResolutionID? = nil, predecessor: ReferralID? = nil,
        locationProtected: Bool? = nil
    ) {
        self.task = task
        self.items = items
        self.people = people
        self.kind = kind
        self.lead = lead
        self.coHandlers = coHandlers
        self.limit = limit
        self.town = town
        self.priority = priority
        self.basis = basis
        self.purpose = purpose
        self.resolution = resolution
        self.predecessor = predecessor
        self.locationProtected = locationProtected
    }
}
