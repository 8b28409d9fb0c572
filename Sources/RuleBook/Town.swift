package import EventSourcing
package import WorkingCalendar

/// One version of a town or street: its villages, its station and the service points of the villages.
///
/// The payload of `TownRegistered`; one event a town, since a station makes no sense without its town.
package struct Town: EventPayload {
    /// What it is in the administration.
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        /// 镇 or 乡.
        case town
        /// 街道.
        case street
    }

    /// A village or an urban community.
    package struct Village: Codable, Hashable, Sendable {
        package var code: VillageCode
        package var name: Label

        package init(code: VillageCode, name: Label) {
            self.code = code
            self.name = name
        }
    }

    /// What a station must have and be able to do: 六有三能.
    package enum Capability: String, CaseIterable, Codable, Hashable, Comparable, Sendable {
        /// 有场所、有牌子、有标识、有人员、有办公设施、有规章制度.
        case premises, plate, signs, staff, equipment, regulations
        /// 能受理、能操作、能规范运转.
        case register, operate, standard

        package static func < (left: Self, right: Self) -> Bool {
            left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
        }
    }

    /// The town's own station, or the service point of a village.
    package struct Station: Codable, Hashable, Sendable {
        package var code: StationCode
        package var name: Label
        /// The village whose point it is; nothing for the town's own station.
        package var village: VillageCode?
        package var capabilities: Set<Capability>
        /// `<town>/<slug>`; they belong to this station alone.
        package var posts: [Department.Post]

        package init(
            code: StationCode, name: Label, village: VillageCode? = nil,
            capabilities: Set<Capability> = Set(Capability.allCases), posts: [Department.Post] = []
        ) {
            self.code = code
            self.name = name
            self.village = village
            self.capabilities = capabilities
            self.posts = posts
        }

        /// Whether it has all of 六有三能.
        package var meetsStandard: Bool { capabilities.count == Capability.allCases.count }

        private enum CodingKeys: String, CodingKey {
            case code, name, village, capabilities, posts
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(code, forKey: .code)
            try container.encode(name, forKey: .name)
            try container.encodeIfPresent(village, forKey: .village)
            // Equal towns must be equal bytes, and a set has no order.
            try container.encode(capabilities.sorted(), forKey: .capabilities)
            try container.encode(posts, forKey: .posts)
        }
    }

    package var code: TownCode
    /// 1, 2, 3 …; a change of anything here is a new version.
    package var version: Int
    package var kind: Kind
    package var name: Label
    package var villages: [Village]
    package var stations: [Station]
    package var provenance: Provenance?
    /// First civil day of this version; nothing means from the beginning.
    package var effectiveFrom: CivilDay?

    package init(
        code: TownCode, version: Int = 1, kind: Kind = .town, name: Label, villages: [Village] = [],
        stations: [Station] = [], provenance: Provenance? = nil, effectiveFrom: CivilDay? = nil
    ) {
        self.code = code
        self.version = version
        self.kind = kind
        self.name = name
        self.villages = villages
        self.stations = stations
        self.provenance = provenance
        self.effectiveFrom = effectiveFrom
    }

    /// The village, if the town has it.
    package func village(_ code: VillageCode) -> Village? {
        villages.first { $0.code == code }
    }
}
