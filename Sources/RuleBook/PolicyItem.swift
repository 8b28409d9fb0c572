package import Deadlines
package import EventSourcing

/// One version of a policy an applicant can ask for; the payload of `PolicyItemPublished`.
package struct PolicyItem: EventPayload {
    package var code: PolicyItemCode
    /// 1, 2, 3 …; an application keeps the version it was made under.
    package var version: Int
    package var name: Label
    /// The department that decides on it.
    package var department: DepartmentCode
    /// How long the department has; nothing means the default of the rule `referral.handle`.
    package var limit: DeadlineLimit?
    /// Where it is written down, for the decision's clause.
    package var basis: String
    /// Papers asked for, as codes of the local list.
    package var papers: [String]?
    /// Whether a decision on it needs days of publicity; then it cannot fit inside the meeting path.
    package var needsPublicity: Bool
    /// Whether it is for a minor: no publicity and no automatic confirmation.
    package var concernsMinor: Bool

    package init(
        code: PolicyItemCode, version: Int = 1, name: Label, department: DepartmentCode, limit: DeadlineLimit? = nil,
        basis: String, papers: [String]? = nil, needsPublicity: Bool = false, concernsMinor: Bool = false
    ) {
        self.code = code
        self.version = version
        self.name = name
        self.department = department
        self.limit = limit
        self.basis = basis
        self.papers = papers
        self.needsPublicity = needsPublicity
        self.concernsMinor = concernsMinor
    }
}
