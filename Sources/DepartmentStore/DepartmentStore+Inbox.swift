import EventSourcing
package import FeedProtocol
import FoundationEssentials
import GRDB

/// What a department's officer looks at.
extension DepartmentStore {
    package func inbox() throws(DepartmentStoreError) -> [InboxReferral] {
        try documents(InboxReferral.self, from: "referral").sorted { left, right in
            // Broken promises come first on every list (N-16).
            (left.isPromiseKept, left.urgency, left.nextDue, left.referral)
                < (right.isPromiseKept, right.urgency, right.nextDue, right.referral)
        }
    }

    package func referral(_ idOrNumber: String) throws(DepartmentStoreError) -> InboxReferral? {
        try read { db in
            try Data.fetchOne(
                db, sql: "SELECT document FROM referral WHERE id = ?1 OR number = ?1", arguments: [idOrNumber]
            ).map { try EventJSON.decode(InboxReferral.self, from: $0) }
        }
    }

    package func followUps() throws(DepartmentStoreError) -> [InboxFollowUp] {
        try documents(InboxFollowUp.self, from: "follow_up")
    }

    package func meetingExtracts() throws(DepartmentStoreError) -> [InboxExtract] {
        try documents(InboxExtract.self, from: "meeting_extract")
    }

    private func documents<Value: Decodable>(
        _ type: Value.Type, from table: String
    ) throws(DepartmentStoreError) -> [Value] {
        try read { db in
            try Data.fetchAll(db, sql: "SELECT document FROM \(table) ORDER BY last_sequence, id")
                .map { try EventJSON.decode(type, from: $0) }
        }
    }
}

extension InboxReferral {
    /// 0 where a promise is broken and the work is still this department's.
    fileprivate var isPromiseKept: Int { brokenPromise != nil && urgency < 3 ? 0 : 1 }

    /// Open work first: to be received, to be accepted, in hand, then what waits for the centre, then what is over.
    fileprivate var urgency: Int {
        switch state {
        case .dispatched: 0
        case .received: 1
        case .accepted, .inProgress, .onHold, .cancellationRequested: 2
        case .returnRequested, .terminationRequested, .completed, .failed: 3
        case .closed, .returned, .redirected, .declined, .lapsed, .cancelled, .superseded: 4
        }
    }

    /// The earliest due date shown; after every date when there is none.
    fileprivate var nextDue: String { due.values.min() ?? "9999" }
}
