/// An identifier that says what it identifies, so that a person is never passed where a case is meant.
package struct EntityID<Entity>: Hashable, Comparable, Sendable {
    /// The bare identifier.
    package let unique: UniqueID

    package init(_ unique: UniqueID) {
        self.unique = unique
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.unique < right.unique
    }
}

extension EntityID: TextCodable {
    package static var textForm: String { UniqueID.textForm }
    package static var textShape: TextShape { UniqueID.textShape }

    package init?(_ text: String) {
        guard let unique = UniqueID(text) else { return nil }
        self.unique = unique
    }

    /// The bare identifier reads itself: what is generic here would be looked up at run time for every field.
    package init(from decoder: any Decoder) throws {
        unique = try UniqueID(from: decoder)
    }

    package var description: String { unique.description }
}

/// The kinds of thing events are about; each names an `EntityID`.
package enum Entity {
    /// Never made; each only tells one kind of identifier from another.
    package enum Person {}
    package enum Household {}
    package enum Case {}
    package enum HelpRequest {}
    package enum Item {}
    package enum Referral {}
    package enum Meeting {}
    package enum Resolution {}
    package enum Visit {}
    package enum FollowUp {}
    package enum Decision {}
    package enum Inquiry {}
    package enum Correction {}
    package enum Account {}
}

/// What other targets call the identifiers.
package typealias PersonReference = EntityID<Entity.Person>
package typealias HouseholdID = EntityID<Entity.Household>
package typealias CaseID = EntityID<Entity.Case>
package typealias HelpRequestID = EntityID<Entity.HelpRequest>
package typealias ItemID = EntityID<Entity.Item>
package typealias ReferralID = EntityID<Entity.Referral>
package typealias MeetingID = EntityID<Entity.Meeting>
package typealias ResolutionID = EntityID<Entity.Resolution>
package typealias VisitID = EntityID<Entity.Visit>
package typealias FollowUpID = EntityID<Entity.FollowUp>
package typealias DecisionID = EntityID<Entity.Decision>
package typealias InquiryID = EntityID<Entity.Inquiry>
package typealias CorrectionID = EntityID<Entity.Correction>
package typealias AccountID = EntityID<Entity.Account>
