import Casework
import EventSourcing
import RuleBook

/// A record of which the case row shows a value, so that a correction of the record can be shown there.
///
/// The record itself stays as it was written, in the log, the timeline and every replay before the correction.
struct ShownRecord: Codable, Hashable, Sendable {
    /// The events whose values the row shows and that can be corrected.
    enum Kind: String, CaseIterable, Codable, Sendable {
        case opened = "CaseOpened"
        case itemAdded = "ApplicationItemAdded"
        case triaged = "TriageCompleted"
        case itemDecided = "ItemDecided"
        case completed = "ReferralCompleted"
        case failed = "ReferralFailed"
        case exited = "CaseExited"
        case verified = "OutcomeVerified"

        /// The property the row shows.
        var field: String {
            switch self {
            case .opened: "town"
            case .itemAdded: "policyItem"
            case .triaged: "path"
            case .itemDecided, .exited, .verified: "result"
            case .completed: "outcome"
            case .failed: "code"
            }
        }

        /// The property that says of which item or referral; nothing where it is the case.
        fileprivate var subject: String? {
            switch self {
            case .itemAdded, .triaged, .itemDecided: "item"
            case .completed, .failed: "referral"
            case .opened, .exited, .verified: nil
            }
        }
    }

    let event: UniqueID
    let kind: Kind
    /// The item or referral.
    let subject: UniqueID?
    /// What the row shows of it now.
    var value: String

    /// - Returns: Nothing for an event of which the row shows nothing that can be corrected.
    init?(_ read: ReadEvent) {
        guard let kind = Kind(rawValue: read.recorded.type), let value = read.data[kind.field]?.text else { return nil }
        event = read.recorded.eventID
        self.kind = kind
        subject = kind.subject.flatMap { read.data[$0]?.text }.flatMap { UniqueID($0) }
        self.value = value
    }
}

extension CaseRow {
    /// Shows what a record should have said, where the row still shows what it said.
    ///
    /// A later decision, cycle or result is nobody's correction and stays.
    mutating func show(_ value: String, insteadOf record: ShownRecord) {
        let old = record.value
        switch record.kind {
        case .opened: if town?.description == old { town = TownCode(value) ?? town }
        case .exited: if exitResult?.rawValue == old { exitResult = ExitResult(rawValue: value) ?? exitResult }
        case .verified: if outcome?.rawValue == old { outcome = VerifiedOutcome(rawValue: value) ?? outcome }
        case .itemAdded, .triaged, .itemDecided: showOfItem(value, insteadOf: record)
        case .completed, .failed: showOfReferral(value, insteadOf: record)
        }
    }

    private mutating func showOfItem(_ value: String, insteadOf record: ShownRecord) {
        guard let id = record.subject.map(ItemID.init) else { return }
        changeItem(id) { item in
            if record.kind == .itemAdded, item.policyItem.description == record.value {
                item.policyItem = PolicyItemCode(value) ?? item.policyItem
            }
            if record.kind == .triaged, item.path?.rawValue == record.value {
                item.path = TriagePath(rawValue: value) ?? item.path
            }
            if record.kind == .itemDecided, item.outcome?.rawValue == record.value {
                item.outcome = DecisionResult(rawValue: value) ?? item.outcome
            }
        }
    }

    private mutating func showOfReferral(_ value: String, insteadOf record: ShownRecord) {
        guard let index = referrals.firstIndex(where: { $0.id.unique == record.subject }) else { return }
        if record.kind == .completed, referrals[index].outcome?.rawValue == record.value {
            referrals[index].outcome = ReferralOutcome(rawValue: value) ?? referrals[index].outcome
        }
        if record.kind == .failed, referrals[index].failure?.rawValue == record.value {
            referrals[index].failure = FailureCode(rawValue: value) ?? referrals[index].failure
        }
    }
}
