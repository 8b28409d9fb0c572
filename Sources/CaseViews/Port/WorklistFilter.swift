package import EventSourcing

/// Which referrals on the departments' desks a list shows; all constraints must hold, a missing one is none.
package struct WorklistFilter: Hashable, Sendable {
    /// Whose desk; every department's when nothing.
    package var department: DepartmentCode?
    /// Whether what the department has done with is shown too.
    package var includingClosed: Bool
    /// Only those whose promise came to nothing (N-16).
    package var onlyBrokenPromises: Bool
    /// Only those dispatched by then of which nobody has said that they arrived (§4.6), the longest waiting first.
    package var undeliveredSince: Instant?
    /// As in ``CaseFilter``: what a reader may see ends there.
    package var town: TownCode?
    package var onlyBeforeMeeting = false
    package var keepers: Set<CaseRow.Keeper> = []
    package var hiddenPeople: Set<PersonReference> = []

    package init(of department: DepartmentCode? = nil, includingClosed: Bool = false, onlyBrokenPromises: Bool = false)
    {
        self.department = department
        self.includingClosed = includingClosed
        self.onlyBrokenPromises = onlyBrokenPromises
    }

    /// Whether the case of a referral matters, and not only the referral.
    package var isNarrowed: Bool {
        town != nil || onlyBeforeMeeting || !keepers.isEmpty || !hiddenPeople.isEmpty
    }
}
