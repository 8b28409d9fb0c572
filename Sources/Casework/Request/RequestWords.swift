/// The door through which a request or an application came.
package enum RequestChannel: String, CaseIterable, Codable, Hashable, Sendable {
    case centre, station, villagePoint, hotline, online, department, socialOrganisation, dataComparison
    case phone, miniProgram, qrCode, outreach
    /// A case that the hub of another place hands to this one (跨省通办).
    case otherHub
}

/// Who told us of somebody in need.
package enum ReporterKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// The person in need: then nobody has to find out whether they want to apply.
    case personInNeed
    case relative, neighbour, villageAssistant, department, socialOrganisation, dataComparison, anonymous
}

/// How a help request ended.
package enum RequestOutcome: String, CaseIterable, Codable, Hashable, Sendable {
    case applied, joinedOpenCase, alreadyServed, notNeeded, declinedByPerson, unreachable
}
