package import EventSourcing

/// Which meetings a list shows; all constraints must hold, a missing one is none.
package struct MeetingFilter: Hashable, Sendable {
    /// Nothing means every state.
    package var states: Set<CaseRow.Meeting.State>
    /// Meetings with this case on their agenda, or asked for it.
    package var caseID: CaseID?

    package init(states: Set<CaseRow.Meeting.State> = [], caseID: CaseID? = nil) {
        self.states = states
        self.caseID = caseID
    }
}

/// One page of meetings, newest first; the key is the position at which the last one shown began.
package struct MeetingPage: Hashable, Sendable {
    package let rows: [MeetingRow]
    /// Where the next page begins; nothing on the last.
    package let next: Position?
    /// The views' place in the log when they were read.
    package let position: Position

    package init(rows: [MeetingRow], next: Position?, position: Position) {
        self.rows = rows
        self.next = next
        self.position = position
    }
}
