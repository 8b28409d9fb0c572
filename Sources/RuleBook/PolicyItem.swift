package import Deadlines
package import EventSourcing
package import WorkingCalendar

/// One version of a policy an applicant can ask for.
///
/// The payload of `PolicyItemPublished`, and from the second version on of `PolicyItemRevised`.
package struct PolicyItem: EventPayload {
    /// Who may decide it beside the department's head: stations of named towns, under a paper, up to an amount.
    ///
    /// What is not named stays with the department; it takes the power back by a version without the town.
    package struct Delegation: Codable, Hashable, Sendable {
        /// Each once, at least one.
        package var towns: [TownCode]
        /// The paper by which the department delegates.
        package var basis: String
        /// Most that such a decision may give, in fen; nothing means no limit of its own.
        package var cap: Int64?
        /// First civil day; nothing means that of the version.
        package var from: CivilDay?
        /// Last civil day; nothing means until a version without it.
        package var until: CivilDay?

        package init(
            towns: [TownCode], basis: String, cap: Int64? = nil, from: CivilDay? = nil, until: CivilDay? = nil
        ) {
            self.towns = towns
            self.basis = basis
            self.cap = cap
            self.from = from
            self.until = until
        }

        /// Whether a town's station may decide on a day.
        package func holds(for town: TownCode, on day: CivilDay) -> Bool {
            towns.contains(town) && (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
        }
    }

    package var code: PolicyItemCode
    /// 1, 2, 3 …; an application keeps the version it was made under.
    package var version: Int
    package var name: Label
    /// The department that decides on it.
    package var department: DepartmentCode
    /// Who can have it, in words; what is decided on stands in codes.
    package var eligibility: Label?
    /// What was promised: how long the department has; nothing means the default of the rule `referral.handle`.
    package var limit: DeadlineLimit?
    /// What the law allows at most; a promise is never longer.
    package var statutory: DeadlineLimit?
    /// Reasons for which its handling may stand still; nothing means those of `referral.handle`.
    package var pauses: [DeadlineRule.PauseReason]?
    /// Where it is written down, for the decision's clause.
    package var basis: String
    /// Papers asked for, as codes of the local list.
    package var papers: [String]?
    /// Whether a decision on it needs days of publicity; then it cannot fit inside the meeting path.
    package var needsPublicity: Bool
    /// Whether it is for a minor: no publicity and no automatic confirmation.
    package var concernsMinor: Bool
    /// Most that may be given of it before the papers (先行救助), in fen; nothing where that is not possible.
    package var advanceReliefCap: Int64?
    /// Most of that a station may grant by itself, in fen; nothing where it may grant none.
    package var stationReliefCap: Int64?
    /// Which stations decide on it in the department's place; nothing where none does.
    package var delegation: Delegation?
    package var provenance: Provenance?
    /// First civil day on which it can be asked for in this version; nothing means from the beginning.
    package var effectiveFrom: CivilDay?

    package init(
        code: PolicyItemCode, version: Int = 1, name: Label, department: DepartmentCode, eligibility: Label? = nil,
        limit: DeadlineLimit? = nil, statutory: DeadlineLimit? = nil, pauses: [DeadlineRule.PauseReason]? = nil,
        basis: String, papers: [String]? = nil, needsPublicity: Bool = false, concernsMinor: Bool = false,
        advanceReliefCap: Int64? = nil, stationReliefCap: Int64? = nil, delegation: Delegation? = nil,
        provenance: Provenance? = nil, effectiveFrom: CivilDay? = nil
    ) {
        self.code = code
        self.version = version
        self.name = name
        self.department = department
        self.eligibility = eligibility
        self.limit = limit
        self.statutory = statutory
        self.pauses = pauses
        self.basis = basis
        self.papers = papers
        self.needsPublicity = needsPublicity
        self.concernsMinor = concernsMinor
        self.advanceReliefCap = advanceReliefCap
        self.stationReliefCap = stationReliefCap
        self.delegation = delegation
        self.provenance = provenance
        self.effectiveFrom = effectiveFrom
    }
}
