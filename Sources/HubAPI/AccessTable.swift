import HTTPTypes
package import RuleBook

/// Who may call which route: the one place that says so, and a route it does not name is refused to everyone.
package struct AccessTable: Sendable {
    /// The condition of one route.
    package enum Rule: Hashable, Sendable {
        /// No token needed: health and the description of the API.
        case everyone
        /// A valid token of one of these roles.
        case roles(Set<Role>)
    }

    private let rules: [Route: Rule]

    package init(_ rules: [Route: Rule]) {
        self.rules = rules
    }

    /// The condition of a route, or nothing when nobody may call it.
    package func rule(for route: Route) -> Rule? { rules[route] }

    /// Whoever holds a token; each command and each list then narrows it down.
    private static let anyRole = Set(Role.allCases)
    /// Those who may read cases: all of them at the centre, those of their town at a station or in a village.
    private static let caseReaders: Set<Role> = [
        .dispatcher, .supervisor, .approver, .meetingOffice, .auditor, .station, .village,
    ]
    /// Those who may look at the past.
    private static let replayers: Set<Role> = [.dispatcher, .supervisor, .auditor, .station]
    /// Those who may read a department's worklist: its own people, and the centre's.
    private static let worklistReaders: Set<Role> = [
        .department, .departmentHead, .voluntary, .dispatcher, .supervisor, .meetingOffice, .auditor,
    ]

    /// The table of this API (`reference/product.md` §4.8).
    package static let api = AccessTable([
        Route(.post, "/v1/commands/{type}"): .roles(anyRole),
        Route(.post, "/v1/commands/{type}/{kind}/{id}"): .roles(anyRole),
        Route(.get, "/v1/commands"): .roles(anyRole),
        Route(.get, "/v1/board"): .roles(caseReaders),
        Route(.get, "/v1/board/counts"): .roles(caseReaders),
        Route(.get, "/v1/cases"): .roles(caseReaders),
        Route(.get, "/v1/cases/{case}"): .roles(caseReaders),
        Route(.get, "/v1/cases/{case}/timeline"): .roles(caseReaders),
        Route(.get, "/v1/cases/{case}/replay"): .roles(replayers),
        Route(.get, "/v1/departments"): .roles(anyRole),
        Route(.get, "/v1/departments/{code}/worklist"): .roles(worklistReaders),
        Route(.get, "/v1/rules"): .roles(anyRole),
        Route(.get, "/v1/log/head"): .roles(anyRole),
        Route(.get, "/livez"): .everyone,
        Route(.get, "/readyz"): .everyone,
        Route(.get, "/openapi.json"): .everyone,
    ])
}
