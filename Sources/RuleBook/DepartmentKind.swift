package import EventSourcing

/// What a department is in law; decides what may be asked of it and what it may learn (`RULINGS.md` §2).
package enum DepartmentKind: String, CaseIterable, Codable, Hashable, Sendable {
    case statutory, policeOrgan, massOrganisation, judicial, voluntary, utility, town

    /// Whether a referral may be addressed to it, which it accepts or asks to return.
    ///
    /// A court or procuratorate attends meetings and gets nothing; a voluntary body gets an offer it may decline.
    package var mayReceiveReferral: Bool {
        switch self {
        case .statutory, .policeOrgan, .massOrganisation, .utility, .town: true
        case .judicial, .voluntary: false
        }
    }

    /// Whether it is asked by an offer, which it may decline.
    package var mayReceiveOffer: Bool { self == .voluntary }

    /// Whether it may be designated for a disputed matter: only by a meeting's resolution or a common superior.
    package var mayBeDesignated: Bool { mayReceiveReferral }

    /// Whether the ladder, the ranking and the listing apply to it.
    package var isSupervised: Bool {
        switch self {
        case .statutory, .policeOrgan, .massOrganisation, .utility, .town: true
        case .judicial, .voluntary: false
        }
    }

    /// Whether events may name it in their audience; a judicial body may be enrolled, but its feed stays empty.
    package var hasFeed: Bool { self != .judicial }

    /// Whether a meeting may assign it an action.
    package var mayBearAction: Bool { self != .judicial }

    /// Whether its invitation and extract go on paper, never by feed.
    package var isServedOnPaper: Bool { self == .judicial }

    /// The groups no task may give to a department of this kind, whatever the catalogue says.
    ///
    /// Source: `reference/product.md` §4.9 and `RULINGS.md` §2. Narrative notes of others go to nobody.
    package var forbiddenGroups: Set<FieldGroup> {
        switch self {
        case .judicial: Set(FieldGroup.allCases)
        case .voluntary: Set(FieldGroup.allCases).subtracting([.reference, .alias, .contact])
        case .utility: Set(FieldGroup.allCases).subtracting([.reference, .payment])
        case .policeOrgan:
            [
                .contact, .tags, .meansConclusion, .meansDetail, .health, .schooling, .employment, .housing, .payment,
                .otherReferrals, .narrative, .signedCommand,
            ]
        case .massOrganisation: [.meansDetail, .payment, .narrative, .signedCommand]
        case .statutory, .town: [.narrative, .signedCommand]
        }
    }
}
