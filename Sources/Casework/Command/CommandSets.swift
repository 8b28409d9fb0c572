import EventSourcing
import RuleBook

extension Set<Role> {
    /// Who may take in what people ask for.
    static let intake: Self = [.dispatcher, .supervisor, .station, .village]
    /// Who acts for the centre.
    static let centre: Self = [.dispatcher, .supervisor]
    /// Who runs meetings.
    static let meeting: Self = [.meetingOffice, .supervisor]
    /// Who acts for a body that referrals and offers go to.
    static let departments: Self = [.department, .departmentHead, .voluntary]
    /// Who lays down rules.
    static let rules: Self = [.operator, .supervisor]
}

extension Set<FieldGroup> {
    /// What may be learnt about people at the door and on a visit.
    static let facts: Self = [
        .identity, .contact, .household, .tags, .meansConclusion, .meansDetail, .health, .schooling, .employment,
        .housing, .familyConflict, .payment, .narrative, .capability, .alias,
    ]
    /// What a department may report; never an address or telephone number of anybody.
    static let findings: Self = [.narrative, .traceOutcome, .familyConflict, .payment, .capability, .schooling]
}
