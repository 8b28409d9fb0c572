import EventSourcing
import FeedProtocol
import FoundationEssentials

/// One entry of the slice, read back from its CloudEvents JSON.
struct SliceEvent {
    /// Event name without prefix and version, `ReferralAccepted`.
    let name: String
    /// `referral/<uuid>`; empty when the hub gave none.
    let subject: String
    let time: Instant
    let sequence: UInt64
    let open: [String: JSONValue]
    let parts: [InboxReferral.Part]

    /// Reads one rendered event.
    ///
    /// - Returns: Nothing when it is no CloudEvent of this hub's form.
    init?(_ json: Data, sequence: UInt64) {
        guard let event = try? EventJSON.decode(FeedEvent.self, from: json), let name = event.name,
            case .object(let open) = event.data.open
        else { return nil }
        self.name = name.event
        self.sequence = sequence
        self.open = open
        time = event.time
        subject = event.subject ?? ""
        parts = event.data.parts.map { part in
            InboxReferral.Part(group: part.group, person: part.person, value: part.erased == true ? nil : part.value)
        }
    }

    /// The open property of this name, else the id of a subject of this kind, `referral/<uuid>`.
    func identifier(_ kind: String) -> String? {
        if let id = open[kind]?.text { return id }
        let parts = subject.split(separator: "/")
        return parts.count == 2 && parts[0].lowercased() == kind.lowercased() ? String(parts[1]) : nil
    }
}
