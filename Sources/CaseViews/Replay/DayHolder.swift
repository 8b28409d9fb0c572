import Casework
package import EventSourcing
package import RuleBook

/// Whose a working day of a case is (N-1): every day belongs to exactly one.
package struct DayHolder: Codable, Hashable, Sendable {
    /// What kind of holder it is.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case centre, department
        /// The applicant: a pause for their reasons, or a hold that waits for them.
        case applicant
        /// An expert, a hearing, a court, another body: a hold that waits for it.
        case thirdParty
        /// A return was asked for and nobody has ruled yet; the ruling gives these days to one side.
        case disputed
    }

    package let kind: Kind
    /// Which department, where it is one.
    package let department: DepartmentCode?

    private init(_ kind: Kind, _ department: DepartmentCode? = nil) {
        self.kind = kind
        self.department = department
    }

    package static let centre = Self(.centre)
    package static let applicant = Self(.applicant)
    package static let thirdParty = Self(.thirdParty)
    package static let disputed = Self(.disputed)
    /// One department.
    package static func department(_ code: DepartmentCode) -> Self { Self(.department, code) }

    /// Who holds a referral as it stands; nothing once it has ended or before it is sent.
    init?(of referral: ReferralRow) {
        switch referral.state {
        case .dispatched, .received, .accepted, .inProgress, .cancellationRequested:
            self = .department(referral.lead)
        case .onHold:
            switch referral.heldFor {
            case .awaitingApplicant: self = .applicant
            case .awaitingExpert, .awaitingHearing, .awaitingCourt, .awaitingThirdParty: self = .thirdParty
            case .awaitingCoHandler, nil: self = .department(referral.lead)
            }
        case .returnRequested: self = .disputed
        case .terminationRequested, .completed, .failed: self = .centre
        case .drafted, .closed, .returned, .redirected, .declined, .lapsed, .cancelled, .voided, .superseded:
            return nil
        }
    }

    /// What stands beside the days; a department's name is the rule book's.
    package func label(in rules: RuleBook) -> Label {
        switch kind {
        case .centre: Label("中心", "the centre")
        case .department:
            department.flatMap { rules.department($0)?.name } ?? Label("部门", "a department")
        case .applicant: Label("申请人", "the applicant")
        case .thirdParty: Label("第三方", "a third party")
        case .disputed: Label("争议待裁", "disputed, not ruled yet")
        }
    }

    /// Where it stands among holders of as many days.
    var order: String {
        switch kind {
        case .centre: "0"
        case .department: "1\(department?.description ?? "")"
        case .applicant: "2"
        case .thirdParty: "3"
        case .disputed: "4"
        }
    }
}
