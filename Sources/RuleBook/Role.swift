/// What a person or an account is at the hub; which commands each may send is said by the command, and denied otherwise.
package enum Role: String, CaseIterable, Codable, Hashable, Sendable {
    /// Dispatcher of the centre: triage, dispatch, rulings on a first return, checks of completion.
    case dispatcher
    /// Supervisor of the centre: extensions, second returns, follow-ups, exits.
    case supervisor
    /// The other signature where one dispatcher may not act alone.
    case approver
    /// The joint-meeting office: convenes, minutes, records resolutions.
    case meetingOffice
    /// A town or street station.
    case station
    /// A village assistant or grid worker, who registers and visits.
    case village
    /// A department's handler or the account its adapter relays with.
    case department
    /// The head of a department: returns, pauses of its own clocks.
    case departmentHead
    /// A foundation, charity or enterprise.
    case voluntary
    /// Audit, discipline inspection: reads and replays everything, changes nothing.
    case auditor
    /// Runs the machine and publishes rules; sees metadata, no cases.
    case `operator`
}
