/// A concept an event is about, written `kind:id`; queries and append conditions name tags.
///
/// Tags never hold personal data: a person's tag is a random reference.
package struct EventTag: Hashable, Comparable, TextCodable {
    /// The kinds of `FORMATS.md` §10.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case caseFile = "case"
        case person, household, request, item, referral, meeting, resolution, visit, followup, dept, town, number
    }

    package static var textForm: String { "a tag such as case:01890a5d-ac96-774b-bcce-b302099a8057" }
    package static var textShape: TextShape {
        let kinds = Kind.allCases.map(\.rawValue).joined(separator: "|")
        return TextShape(pattern: "^(\(kinds)):[!-~]{1,118}$", example: "town:huangtang")
    }

    /// The whole tag as stored and hashed, at most 128 bytes.
    package let description: String

    package init?(_ text: String) {
        guard text.utf8.count <= 128, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            Kind(rawValue: String(text[..<colon])) != nil, text.utf8.index(after: colon) < text.utf8.endIndex,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { return nil }
        description = text
    }

    private init(_ kind: Kind, _ name: String) {
        description = "\(kind.rawValue):\(name)"
    }

    /// The tag of one entity of each kind.
    package static func caseFile(_ id: CaseID) -> Self { Self(.caseFile, id.description) }
    package static func person(_ id: PersonReference) -> Self { Self(.person, id.description) }
    package static func household(_ id: HouseholdID) -> Self { Self(.household, id.description) }
    package static func request(_ id: HelpRequestID) -> Self { Self(.request, id.description) }
    package static func item(_ id: ItemID) -> Self { Self(.item, id.description) }
    package static func referral(_ id: ReferralID) -> Self { Self(.referral, id.description) }
    package static func meeting(_ id: MeetingID) -> Self { Self(.meeting, id.description) }
    package static func resolution(_ id: ResolutionID) -> Self { Self(.resolution, id.description) }
    package static func visit(_ id: VisitID) -> Self { Self(.visit, id.description) }
    package static func followUp(_ id: FollowUpID) -> Self { Self(.followup, id.description) }
    package static func department(_ code: DepartmentCode) -> Self { Self(.dept, code.description) }
    package static func town(_ code: TownCode) -> Self { Self(.town, code.description) }
    package static func number(_ number: EntityNumber) -> Self { Self(.number, number.description) }

    /// What the tag is about.
    package var kind: Kind? {
        description.utf8.firstIndex(of: UInt8(ascii: ":")).flatMap { Kind(rawValue: String(description[..<$0])) }
    }

    /// The part after the colon.
    package var name: Substring {
        description.utf8.firstIndex(of: UInt8(ascii: ":")).map { description[description.index(after: $0)...] } ?? ""
    }

    package static func < (left: Self, right: Self) -> Bool {
        // Tags are ASCII, for which the order of strings is that of their bytes, and much the quicker.
        left.description < right.description
    }
}
