package import Deadlines
package import EventSourcing
package import WorkingCalendar

/// One version of a limit: what starts it, what ends it, how long it is, whose it is and where it is written.
///
/// The payload of `DeadlineRulePublished`; the defaults are the table of `RULINGS.md` §1.
package struct DeadlineRule: EventPayload {
    /// An event that starts, stops or cancels an instance.
    package struct Trigger: Codable, Hashable, Sendable {
        /// Stored event type, `ReferralDispatched`.
        package var event: String
        /// Properties of its data that must have these values; null asks that the property is missing.
        package var when: [String: JSONValue]?

        package init(_ event: String, when: [String: JSONValue]? = nil) {
            self.event = event
            self.when = when
        }

        /// Whether an event of this type with this data is meant.
        package func matches(type: String, data: JSONValue) -> Bool {
            type == event && (when ?? [:]).allSatisfy { name, value in (data[name] ?? .null) == value }
        }
    }

    /// Who has to act.
    package enum Owner: String, CaseIterable, Codable, Hashable, Sendable {
        case centre, meetingOffice, town
        /// The department the referral is addressed to.
        case lead
        /// The body the event names.
        case department
        case applicant
    }

    /// Reasons that stop the days from counting.
    package enum PauseReason: String, CaseIterable, Codable, Hashable, Comparable, Sendable {
        /// The applicant's: set by the centre, after notice to the applicant.
        case applicant
        /// An expert's opinion or a hearing: set by the head of the owner, on that limit only.
        case expert
        /// A court or arbitration: likewise.
        case court

        /// Working days after which a pause is too long and the board says so; nothing where none is set.
        ///
        /// From `reference/deadlines.md` §5.9. Nothing resumes by itself.
        package var longest: Int? {
            switch self {
            case .applicant: 20
            case .expert, .court: nil
            }
        }

        package static func < (left: Self, right: Self) -> Bool {
            left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
        }
    }

    /// Whether it must be done by then, or must not be done before.
    package enum Bound: String, CaseIterable, Codable, Hashable, Sendable {
        case ceiling, floor
    }

    /// Who is told as the limit nears and passes.
    package enum Ladder: String, CaseIterable, Codable, Hashable, Sendable {
        case none, normal, emergency
    }

    /// Another limit for starts with certain properties.
    package struct Variant: Codable, Hashable, Sendable {
        package var when: [String: JSONValue]
        package var limit: DeadlineLimit

        package init(when: [String: JSONValue], limit: DeadlineLimit) {
            self.when = when
            self.limit = limit
        }
    }

    /// Where the limit is written and whether somebody has looked.
    package struct Basis: Codable, Hashable, Sendable {
        /// Where the number comes from: the seed set, a source found, the house itself, or nobody has checked it yet.
        package enum Status: String, CaseIterable, Codable, Hashable, Sendable {
            case seed, found, houseRule, toVerify
        }

        package var text: String
        package var status: Status

        package init(_ text: String, _ status: Status) {
            self.text = text
            self.status = status
        }
    }

    /// When and by how much a limit may be made longer (`reference/deadlines.md` §2.4).
    package struct Lengthening: Codable, Hashable, Sendable {
        /// The listed grounds, one of which an extension has to name.
        package var grounds: [ExtensionGround]
        /// The longest it may be in all, in the unit of the limit; nothing sets no bound.
        package var total: Int?

        package init(grounds: [ExtensionGround], total: Int? = nil) {
            self.grounds = grounds
            self.total = total
        }
    }

    /// Grounds on which the law lets a limit be longer, those of 民发〔2021〕57号 and of the notice of 2022-10-20.
    package enum ExtensionGround: String, CaseIterable, Codable, Hashable, Sendable {
        /// 公示有异议: somebody objected to what was published.
        case objection
        /// 人户分离: the household lives elsewhere than it is registered.
        case livesElsewhere
        /// 异地申办: it was applied for in another place.
        case appliedElsewhere
        /// 调查难度较大: the survey is hard.
        case hardSurvey
    }

    package var id: DeadlineRuleID
    /// 1, 2, 3 …; a running limit keeps the version it started under.
    package var version: Int
    package var name: Label
    /// An instance is keyed by this tag of the start event; only events with the same tag stop it.
    package var scope: EventTag.Kind
    package var terms: DeadlineTerms
    /// Property of the start event that holds its own limit, or the last day itself; it goes before `terms`.
    package var limitProperty: String?
    package var variants: [Variant]?
    /// Only instances about these run, and those of a case where one of them is asked for; nothing means all.
    package var policyItems: [PolicyItemCode]?
    package var start: [Trigger]
    package var stop: [Trigger]
    package var cancel: [Trigger]?
    /// Whether a stop starts the next instance (reviews).
    package var repeats: Bool?
    package var bound: Bound
    package var owner: Owner
    package var pausable: [PauseReason]
    /// On which grounds it may be longer; nothing leaves the ground to who grants it.
    package var extendable: Lengthening?
    package var ladder: Ladder
    /// Whether it was promised to the applicant, who is shown it.
    package var promise: Bool
    package var basis: Basis
    /// First civil day on which it starts instances.
    package var effectiveFrom: CivilDay

    package init(
        id: DeadlineRuleID, version: Int = 1, name: Label, scope: EventTag.Kind, terms: DeadlineTerms,
        limitProperty: String? = nil, variants: [Variant]? = nil, policyItems: [PolicyItemCode]? = nil,
        start: [Trigger], stop: [Trigger],
        cancel: [Trigger]? = nil, repeats: Bool? = nil, bound: Bound = .ceiling, owner: Owner,
        pausable: [PauseReason] = [], extendable: Lengthening? = nil, ladder: Ladder = .normal, promise: Bool = false,
        basis: Basis,
        effectiveFrom: CivilDay
    ) {
        self.policyItems = policyItems
        self.extendable = extendable
        self.id = id
        self.version = version
        self.name = name
        self.scope = scope
        self.terms = terms
        self.limitProperty = limitProperty
        self.variants = variants
        self.start = start
        self.stop = stop
        self.cancel = cancel
        self.repeats = repeats
        self.bound = bound
        self.owner = owner
        self.pausable = pausable
        self.ladder = ladder
        self.promise = promise
        self.basis = basis
        self.effectiveFrom = effectiveFrom
    }

    /// The terms for an instance that an event with this data starts: its own limit, else a variant's, else the rule's.
    package func terms(startedBy data: JSONValue) -> DeadlineTerms {
        let own = limitProperty.flatMap { data[$0] }
        if let own = own.flatMap(Self.limit(in:)) { return terms.with(limit: own) }
        if let last = own?.text.flatMap({ CivilDay($0) }) { return terms.with(limit: .fixedDate(last)) }
        let variant = variants?.first { variant in
            variant.when.allSatisfy { name, value in (data[name] ?? .null) == value }
        }
        return variant.map { terms.with(limit: $0.limit) } ?? terms
    }

    private static func limit(in value: JSONValue) -> DeadlineLimit? {
        // A null property means that the event brings no limit of its own.
        guard value != .null, let bytes = try? EventJSON.encode(value) else { return nil }
        return try? EventJSON.decode(DeadlineLimit.self, from: bytes)
    }
}

extension DeadlineRule {
    /// Whether it runs once for each body: what a meeting, or a case, asks of several at once is paused and extended by
    /// body.
    package var runsPerBody: Bool {
        guard scope == .meeting || scope == .resolution || scope == .caseFile else { return false }
        switch owner {
        case .department, .lead: return true
        case .centre, .meetingOffice, .town, .applicant: return false
        }
    }
}
