import EventSourcing
package import FeedProtocol
import GRDB

/// Which referrals have come in that the hub was not told of; folded with the inbox, so a rebuild finds the same.
extension DepartmentStore {
    package func arrivals(limit: Int) throws(DepartmentStoreError) -> [DeliveryArrival] {
        precondition((1...1000).contains(limit), "a page of arrivals has 1 to 1000 rows")
        return try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT referral, cycle, at FROM arrival WHERE confirmed = 0 ORDER BY at, referral LIMIT ?",
                arguments: [limit]
            ).compactMap { row in
                let text: String = row[0]
                return ReferralID(text).map {
                    DeliveryArrival(referral: $0, cycle: row[1], at: Instant(milliseconds: row[2]))
                }
            }
        }
    }

    package func noteConfirmed(_ arrival: DeliveryArrival) throws(DepartmentStoreError) {
        try write { db in
            try db.execute(
                sql: "UPDATE arrival SET confirmed = 1 WHERE referral = ? AND cycle = ?",
                arguments: [arrival.referral.description, arrival.cycle])
        }
    }

    /// Takes in what one event says about an arrival; what has ended needs no word any more.
    func arrive(_ event: SliceEvent, _ row: InboxReferral, in db: Database) throws {
        let id = row.referral.description
        if row.isOver {
            try db.cachedStatement(sql: "DELETE FROM arrival WHERE referral = ?").execute(arguments: [id])
        } else if let cycle = event.arrivingCycle(for: department) {
            try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO arrival (referral, cycle, at, confirmed) VALUES (?, ?, ?, 0)"
            ).execute(arguments: [id, cycle, event.time.milliseconds])
        } else if event.name == "ReferralDelivered", event.open["department"]?.text == department.description,
            case .integer(let cycle)? = event.open["cycle"]
        {
            try db.cachedStatement(sql: "DELETE FROM arrival WHERE referral = ? AND cycle <= ?")
                .execute(arguments: [id, cycle])
        }
    }
}

extension SliceEvent {
    /// The cycle that begins for this department with the event; nothing for any other.
    fileprivate func arrivingCycle(for department: DepartmentCode) -> Int64? {
        switch name {
        case "ReferralDispatched", "CoHandlerInvited": return 1
        case "CompletionReturnedForRework", "ReferralReopened":
            guard case .integer(let cycle)? = open["cycle"] else { return nil }
            return cycle
        // A successor is told of what it takes over, whatever cycle that is in.
        case "ReferralSuperseded": return open["successor"]?.text == department.description ? 1 : nil
        // Names are open: a newer hub may tell of things that bring nothing here.
        default: return nil
        }
    }
}

extension InboxReferral {
    fileprivate var isOver: Bool {
        switch state {
        case .closed, .returned, .redirected, .declined, .lapsed, .cancelled, .superseded: true
        case .dispatched, .received, .returnRequested, .accepted, .inProgress, .completed, .failed, .onHold,
            .terminationRequested, .cancellationRequested:
            false
        }
    }
}
