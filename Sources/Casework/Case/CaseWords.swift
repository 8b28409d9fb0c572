/// What a person may allow the centre to do.
package enum AuthorizationScope: String, CaseIterable, Codable, Hashable, Sendable {
    case economicCheck, disclosureToDepartments, disclosureToVoluntary, representation, disclosureToHub
}

/// Why a household was visited.
package enum VisitPurpose: String, CaseIterable, Codable, Hashable, Sendable {
    case intake, verification, care, callback
}

/// The path triage chose for one item.
package enum TriagePath: String, CaseIterable, Codable, Hashable, Sendable {
    case handleHere, refer, jointMeeting, reviewPanel, exceptional, advanceRelief, informOnly
}

/// Why triage chose a path.
package enum TriageReason: String, CaseIterable, Codable, Hashable, Sendable {
    case ownCompetence, otherDepartment, severalDepartments, disputedDuty, noPolicyFits, urgentNeed, questionOnly
}

extension TriagePath {
    /// The reason that goes without saying; nothing where somebody has to say it.
    var usualReason: TriageReason? {
        switch self {
        case .handleHere: .ownCompetence
        case .refer: .otherDepartment
        case .jointMeeting: .severalDepartments
        case .reviewPanel, .exceptional, .advanceRelief, .informOnly: nil
        }
    }
}

/// The official answer on an item; each is terminal.
package enum DecisionResult: String, CaseIterable, Codable, Hashable, Sendable {
    case granted, partlyGranted, refused, alreadyCovered, notApplicable, noPolicyCovers
}

/// What a person gets.
package struct Award: Codable, Hashable, Sendable {
    /// What is given.
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case cash, inKind, service, feeRelief, legalAid, job
    }

    /// How often it is given.
    package enum Period: String, CaseIterable, Codable, Hashable, Sendable {
        case once, monthly, quarterly, yearly
    }

    package let kind: Kind
    /// In fen, more than 0; nothing where it has no price.
    package let amount: Int64?
    package let period: Period

    package init(kind: Kind, amount: Int64? = nil, period: Period = .once) {
        self.kind = kind
        self.amount = amount
        self.period = period
    }
}

/// How something reached a person.
package enum DeliveryMeans: String, CaseIterable, Codable, Hashable, Sendable {
    case inPerson, telephone, post, electronic, throughStation
}

/// How a case ended.
package enum ExitResult: String, CaseIterable, Codable, Hashable, Sendable {
    case helped, partlyHelped, notHelped, withdrawn, informed
}

/// Why one person alone may not end a case (`RULINGS.md` §2).
package enum SecondSignatureReason: String, CaseIterable, Codable, Hashable, Sendable {
    case itemRefused, referralFailed, followUpOpen, minorConcerned
}

/// Why a second open case of one subject is right.
package enum SecondCaseReason: String, CaseIterable, Codable, Hashable, Sendable {
    case otherNeed, otherPeriod, otherHousehold
}
