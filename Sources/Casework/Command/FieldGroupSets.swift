import EventSourcing

extension Set<FieldGroup> {
    /// What may be learnt about people at the door and on a visit.
    static let facts: Self = [
        .identity, .contact, .household, .tags, .meansConclusion, .meansDetail, .health, .schooling, .employment,
        .housing, .familyConflict, .payment, .narrative, .capability, .alias,
    ]
    /// What a department may report; never an address or telephone number of anybody.
    static let findings: Self = [.narrative, .traceOutcome, .familyConflict, .payment, .capability, .schooling]
}
