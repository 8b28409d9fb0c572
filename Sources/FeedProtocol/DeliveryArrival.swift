package import EventSourcing

/// A cycle of a referral that lies in a department's own store, applied with its cursor.
package struct DeliveryArrival: Hashable, Sendable {
    /// The hub's name for the command that says so.
    package static let command = "ConfirmReferralDelivery"

    package let referral: ReferralID
    /// 1, then one more with each rework and reopening.
    package let cycle: Int
    /// When the event that brought it happened at the hub.
    package let at: Instant

    package init(referral: ReferralID, cycle: Int, at: Instant) {
        self.referral = referral
        self.cycle = cycle
        self.at = at
    }
}
