package import EventSourcing

/// What a dispatcher wants to show one department of one case, for one task.
package struct SliceRequest: Hashable, Sendable {
    package var department: DepartmentCode
    package var task: TaskCode
    /// Version of the task the referral was dispatched under; nothing means the newest.
    package var taskVersion: Int?
    /// Who stands in each role of this case; a spouse who is also looked for stands in both.
    package var people: [PersonRole: [PersonReference]]
    /// Whether the applicant's place must stay hidden from the person sought, so from whoever may find that person.
    package var isLocationProtected: Bool
    /// Who agreed that a voluntary body gets their contact; counts only once that body has accepted.
    package var contactConsents: Set<PersonReference>
    /// Personal groups this department has from earlier entries of the same case.
    package var alreadyHeld: Set<DisclosedGroup>

    package init(
        department: DepartmentCode, task: TaskCode, taskVersion: Int? = nil,
        people: [PersonRole: [PersonReference]], isLocationProtected: Bool = false,
        contactConsents: Set<PersonReference> = [], alreadyHeld: Set<DisclosedGroup> = []
    ) {
        self.department = department
        self.task = task
        self.taskVersion = taskVersion
        self.people = people
        self.isLocationProtected = isLocationProtected
        self.contactConsents = contactConsents
        self.alreadyHeld = alreadyHeld
    }
}

/// What one department may be shown, and what its task asks for but a rule keeps back.
package struct SlicePermit: Hashable, Sendable {
    /// Why a group is kept back.
    package enum Reason: String, Hashable, Sendable {
        /// No body of this kind, or this body, ever gets it.
        case neverGiven
        /// A voluntary body gets a contact only by that person's consent.
        case noConsent
        /// It would give the place of one adult to whoever can find the other.
        case locationProtected
    }

    /// Always with the open `reference`.
    package var groups: Set<DisclosedGroup>
    package var withheld: [DisclosedGroup: Reason]
}

/// The rules a disclosure can break.
package enum DisclosureRefusal: Error, Hashable, Sendable {
    case unknownDepartment(DepartmentCode)
    case unknownTask(TaskCode)
    /// A court or procuratorate gets nothing by feed.
    case judicialBodyGetsNothing(DepartmentCode)
    case notInTask(DepartmentCode)
    /// The first group, sorted, that goes beyond the permit.
    case beyondPermit(DisclosedGroup)
}

extension DisclosureRefusal {
    /// Stable code for programs.
    package var code: String {
        switch self {
        case .unknownDepartment: "disclosure.unknownDepartment"
        case .unknownTask: "disclosure.unknownTask"
        case .judicialBodyGetsNothing: "disclosure.judicialBody"
        case .notInTask: "disclosure.notInTask"
        case .beyondPermit: "disclosure.beyondPermit"
        }
    }

    /// What is wrong and how to mend it.
    package var sentence: Label {
        switch self {
        case .unknownDepartment(let code): Label("没有部门 \(code)。", "Register the department \(code) first.")
        case .unknownTask(let code): Label("派单目录中没有 \(code)。", "Add \(code) to the dispatch catalogue first.")
        case .judicialBodyGetsNothing(let code):
            Label("司法机关 \(code) 不接收数据。", "\(code) is a judicial body; give its extract on paper.")
        case .notInTask(let code): Label("\(code) 不在此派单中。", "The task has no part for \(code); choose another task.")
        case .beyondPermit(let disclosed):
            Label(
                "不得提供 \(disclosed.group.rawValue)。", "The task does not give \(disclosed.group.rawValue); leave it out."
            )
        }
    }
}

extension RuleBook {
    /// What a task gives a department of the people of one case: the catalogue's template, less what rules keep back.
    ///
    /// Never more than the template. Where location is protected, a department holds either tracing data of a sought
    /// person (contact, or any trace outcome) or a contact of the others, in one entry or several (`RULINGS.md` §2).
    ///
    /// - Throws: ``DisclosureRefusal`` when the department may get no slice of this task at all.
    package func permit(for request: SliceRequest) throws(DisclosureRefusal) -> SlicePermit {
        guard let department = department(request.department) else { throw .unknownDepartment(request.department) }
        guard department.kind.hasFeed else { throw .judicialBodyGetsNothing(request.department) }
        guard let task = task(request.task, version: request.taskVersion) else { throw .unknownTask(request.task) }
        guard let participant = task.participant(request.department) else { throw .notInTask(request.department) }
        let forbidden = department.forbiddenGroups
        var permit = SlicePermit(groups: [DisclosedGroup(.reference)], withheld: [:])
        for grant in participant.slice {
            for person in request.people[grant.person] ?? [] {
                for group in grant.groups {
                    let disclosed = DisclosedGroup(group, of: person)
                    if forbidden.contains(group) {
                        permit.withheld[disclosed] = .neverGiven
                    } else if department.kind == .voluntary, group == .contact,
                        !request.contactConsents.contains(person)
                    {
                        permit.withheld[disclosed] = .noConsent
                    } else {
                        permit.groups.insert(disclosed)
                    }
                }
            }
        }
        if request.isLocationProtected { Self.separateLocations(in: &permit, for: request) }
        return permit
    }

    /// The same, as the bare set.
    package func permittedGroups(for request: SliceRequest) throws(DisclosureRefusal) -> Set<DisclosedGroup> {
        try permit(for: request).groups
    }

    /// Checks a disclosure somebody chose: it may be less than the permit, never more.
    ///
    /// - Throws: ``DisclosureRefusal/beyondPermit(_:)`` with the first group that goes too far.
    package func check(_ groups: Set<DisclosedGroup>, for request: SliceRequest) throws(DisclosureRefusal) {
        let permitted = try permit(for: request).groups
        if let excess = groups.subtracting(permitted).min() { throw .beyondPermit(excess) }
    }

    private static func separateLocations(in permit: inout SlicePermit, for request: SliceRequest) {
        let sought = Set(request.people[.sought] ?? [])
        let isTracing = { (disclosed: DisclosedGroup) in
            disclosed.group == .traceOutcome
                || (disclosed.group == .contact && disclosed.person.map(sought.contains) == true)
        }
        let isContactOfOthers = { (disclosed: DisclosedGroup) in
            disclosed.group == .contact && disclosed.person.map(sought.contains) != true
        }
        // What it has cannot be taken back, so what would complete the pair is kept back; in doubt the contact.
        if request.alreadyHeld.contains(where: isContactOfOthers) {
            withhold(isTracing)
        }
        if permit.groups.union(request.alreadyHeld).contains(where: isTracing) {
            withhold(isContactOfOthers)
        }
        func withhold(_ completesThePair: (DisclosedGroup) -> Bool) {
            for disclosed in permit.groups.filter(completesThePair) {
                permit.groups.remove(disclosed)
                permit.withheld[disclosed] = .locationProtected
            }
        }
    }
}
