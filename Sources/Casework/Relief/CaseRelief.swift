package import EventSourcing

/// What cannot wait in one case: its emergency, and relief given before the papers.
package struct CaseRelief: Hashable, Sendable {
    /// How far an emergency is; a case has one at a time.
    package enum Emergency: Hashable, Sendable {
        case none
        case reported(EmergencyKind)
        case confirmed(EmergencyKind)
        case notUrgent(NotUrgentReason)
        case relieved(EmergencyKind)
    }

    /// How far advance relief is; a case has one unsettled at a time.
    package enum Advance: Hashable, Sendable {
        case none
        case granted(ReliefEvent.AdvanceGranted)
        case delivered(ReliefEvent.AdvanceGranted)
        case settled
    }

    package internal(set) var emergency = Emergency.none
    package internal(set) var advance = Advance.none
    /// Whether anything was ever given in this case.
    package internal(set) var hasGivenAid = false
    var contact: DeliveryMeans?
    var lastAid: ReliefEvent.AidDelivered?
    var lastSettlement: ReliefEvent?

    /// Whether somebody cannot wait: no triage, papers or publicity come before relief then.
    package var isEmergencyOpen: Bool {
        switch emergency {
        case .reported, .confirmed: true
        case .none, .notUrgent, .relieved: false
        }
    }

    /// Whether advance relief has still to be settled with a decision or taken back.
    package var isUnsettled: Bool {
        switch advance {
        case .granted, .delivered: true
        case .none, .settled: false
        }
    }

    mutating func evolve(with event: ReliefEvent) {
        switch event {
        case .emergencyReported(let reported):
            emergency = .reported(reported.kind)
            contact = nil
        case .emergencyContacted(let contacted): contact = contacted.means
        case .emergencyConfirmed:
            if case .reported(let kind) = emergency { emergency = .confirmed(kind) }
        case .emergencyNotUrgent(let ruledOut): emergency = .notUrgent(ruledOut.reason)
        case .advanceGranted(let granted): advance = .granted(granted)
        case .aidDelivered(let delivered):
            hasGivenAid = true
            lastAid = delivered
            if case .granted(let granted) = advance { advance = .delivered(granted) }
            switch emergency {
            case .reported(let kind), .confirmed(let kind): emergency = .relieved(kind)
            case .none, .notUrgent, .relieved: break
            }
        case .advanceRegularized, .advanceRecovered:
            advance = .settled
            lastSettlement = event
        }
    }
}

/// What may be asked when help cannot wait.
package enum ReliefAct: Sendable {
    /// `otherOpenCases`: open cases of the person, where the report opens a case.
    case report(ReportEmergency, KnownPeople, otherOpenCases: [CaseID])
    case contact(RecordEmergencyContact)
    case confirm
    case ruleOut(RuleOutEmergency)
    case grant(GrantAdvanceRelief, ItemID?)
    case deliver(DeliverAid)
    case regularise(ItemID?)
    case recover(RecoverAdvanceRelief)
}
