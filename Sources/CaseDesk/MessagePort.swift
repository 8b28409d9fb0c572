import CaseViews
import Casework
package import EventSourcing
import FoundationEssentials
import Logging
import RuleBook

/// A short message to a telephone; it names a case and nothing of it.
package struct OutgoingMessage: Codable, Hashable, Sendable {
    /// The event that caused it: sent twice under one id, it is one message.
    package let id: UniqueID
    /// Digits alone.
    package let to: String
    package let text: String

    package init(id: UniqueID, to: String, text: String) {
        self.id = id
        self.to = to
        self.text = text
    }
}

/// Sends short messages; what became of them comes back as a `RecordDelivery`.
package protocol MessagePort: Sendable {
    /// - Throws: ``MessageError`` when the message was not taken.
    func send(_ message: OutgoingMessage) throws(MessageError)
}

/// The message was not taken, with the system's number of the reason.
package struct MessageError: Error, Hashable, Sendable {
    package let number: Int32

    package init(number: Int32) {
        self.number = number
    }
}

/// The port of a hub that sends no messages.
package struct NoMessages: MessagePort {
    package init() {}

    package func send(_ message: OutgoingMessage) throws(MessageError) {}
}

extension CaseDesk {
    /// Sends what a command just recorded as told by message; a failure is logged and shows as missing proof.
    func sendMessages(for receipt: CommandReceipt) async {
        guard !receipt.repeated else { return }
        for event in receipt.events
        where event.type == CaseFileEvent.Kind.applicantTold.rawValue
            || event.type == CaseFileEvent.Kind.decisionNotified.rawValue
        {
            guard let recorded = try? await log.event(at: event.position),
                let (caseFile, recipient) = Self.addressee(of: recorded)
            else { continue }
            guard let phone = await phone(of: recipient) else {
                logger.warning("a message has no telephone number", metadata: ["position": "\(event.position)"])
                continue
            }
            let number = await caseNumber(caseFile)
            let message = OutgoingMessage(
                id: recorded.eventID, to: phone,
                text: "【一口通】您的申请\(number)已有答复，请到任一站点凭身份证查询。")
            do throws(MessageError) {
                try messages.send(message)
            } catch {
                logger.warning(
                    "a message was not taken",
                    metadata: ["position": "\(event.position)", "errno": "\(error.number)"])
            }
        }
    }

    private static func addressee(of event: RecordedEvent) -> (CaseID, PersonReference)? {
        guard case .caseFile(let fact) = try? CaseworkEvent(event) else { return nil }
        if case .applicantTold(let told) = fact, told.means == .electronic { return (told.caseFile, told.recipient) }
        if case .decisionNotified(let notified) = fact, notified.means == .electronic {
            return (notified.caseFile, notified.recipient)
        }
        return nil
    }

    private func phone(of person: PersonReference) async -> String? {
        guard
            let place = try? await log.readAll(.tagged(.person(person))).events.last(where: { event in
                event.sealed.contains { $0.group == .contact && $0.person == person }
            }), let section = place.sealed.first(where: { $0.group == .contact && $0.person == person })
        else { return nil }
        let contact = try? await open(section.section, at: place.position)
        return contact?["phone"]?.text.flatMap { try? Self.phoneNumber($0) }
    }

    private func caseNumber(_ id: CaseID) async -> String {
        (try? await views.caseRow(id)).flatMap { $0 }.map { " \($0.number) " } ?? ""
    }
}
