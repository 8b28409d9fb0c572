import HTTPTypes
package import RuleBook

/// Who may call which route: the one place that says so, and a route it does not name is refused to everyone.
package struct AccessTable: Sendable {
    /// The condition of one route.
    package enum Rule: Hashable, Sendable {
        /// No token needed: health and the description of the API.
        case everyone
        /// Any valid token; each command and each list then narrows it down.
        case signedIn
        /// A valid token of a role that the permission table names for this.
        case action(Action)

        /// The roles let in; nothing where no token is needed.
        package var roles: Set<Role>? {
            switch self {
            case .everyone: nil
            case .signedIn: Set(Role.allCases)
            case .action(let action): PermissionTable.roles(for: action)
            }
        }
    }

    private let rules: [Route: Rule]

    package init(_ rules: [Route: Rule]) {
        self.rules = rules
    }

    /// The condition of a route, or nothing when nobody may call it.
    package func rule(for route: Route) -> Rule? { rules[route] }

    /// The table of this API; who may do what stands in ``PermissionTable``.
    package static let api = AccessTable([
        Route(.post, "/v1/commands/{type}"): .signedIn,
        Route(.post, "/v1/commands/{type}/{kind}/{id}"): .signedIn,
        Route(.get, "/v1/commands"): .signedIn,
        Route(.get, "/v1/board"): .action(.readCases),
        Route(.get, "/v1/board/counts"): .action(.readCases),
        Route(.get, "/v1/board/rates"): .action(.readCases),
        Route(.get, "/v1/board/trend"): .action(.readCases),
        Route(.get, "/v1/deadlines/certificate"): .action(.readCases),
        Route(.get, "/v1/cases"): .action(.readCases),
        Route(.get, "/v1/cases/{case}"): .action(.openCase),
        Route(.get, "/v1/cases/{case}/timeline"): .action(.openCase),
        Route(.get, "/v1/cases/{case}/replay"): .action(.replayCases),
        Route(.get, "/v1/cases/{case}/days"): .action(.openCase),
        Route(.get, "/v1/meetings"): .action(.readMeetings),
        Route(.get, "/v1/meetings/{meeting}"): .action(.readMeetings),
        Route(.get, "/v1/meetings/{meeting}/extracts/{code}"): .action(.readExtracts),
        Route(.get, "/v1/departments"): .action(.readRules),
        Route(.get, "/v1/departments/{code}/worklist"): .action(.readWorklist),
        Route(.get, "/v1/undelivered"): .action(.watchDelivery),
        Route(.get, "/v1/rules"): .action(.readRules),
        Route(.get, "/v1/calendars"): .action(.readRules),
        Route(.get, "/v1/calendars/{version}"): .action(.readRules),
        Route(.get, "/v1/calendars/{version}/moves"): .action(.readCases),
        Route(.post, "/v1/calendar-previews"): .action(.publishRules),
        Route(.get, "/v1/log/head"): .signedIn,
        Route(.post, "/v1/find"): .action(.findPeople),
        Route(.post, "/v1/status"): .action(.askStatus),
        Route(.post, "/v1/cases/{case}/reveal"): .action(.revealRecords),
        Route(.post, "/v1/persons/{person}/reveal"): .action(.findPeople),
        Route(.get, "/v1/cases/{case}/attachments"): .action(.openCase),
        Route(.post, "/v1/cases/{case}/attachments"): .action(.assistApplication),
        Route(.post, "/v1/cases/{case}/attachments/{attachment}/open"): .action(.revealRecords),
        Route(.get, "/v1/posts/{department}/{post}/worklist"): .action(.readCases),
        Route(.get, "/v1/emergency-accesses"): .action(.readEmergencies),
        Route(.get, "/v1/notices"): .action(.readNotices),
        Route(.get, "/livez"): .everyone,
        Route(.get, "/readyz"): .everyone,
        Route(.get, "/openapi.json"): .everyone,
    ])
}
