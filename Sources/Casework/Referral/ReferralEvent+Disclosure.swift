package import EventSourcing
package import WorkingCalendar

extension ReferralEvent {
    /// What a department may no longer read of a referral: everything personal, wherever it asks for it (I-19).
    ///
    /// What it was told stays on record; a later ``DisclosureGranted`` takes the end back.
    package struct DisclosureEnded: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let reason: DisclosureEndReason
        /// The last day on which it may read; left out where it ends at once.
        package let readableThrough: CivilDay?

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, reason: DisclosureEndReason,
            readableThrough: CivilDay? = nil
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.reason = reason
            self.readableThrough = readableThrough
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "reason", "readableThrough"]
        ])
    }
}

/// Why a department's right to read came to its end.
package enum DisclosureEndReason: String, CaseIterable, Codable, Hashable, Sendable {
    /// The centre accepted the result (T27), and the days of grace run.
    case closed
    /// What went on after the case is over as well, and the days of grace run.
    case followUpConcluded
    case declined, lapsed, returned, redirected, cancelled
    /// A reform put another department in its place.
    case superseded
}
