import CaseViews
package import Casework
package import EventSourcing
package import FoundationEssentials
package import RuleBook

/// What somebody asks to see in clear.
package struct RevealRequest: Codable, Hashable, Sendable {
    /// Everybody in the case when left out.
    package var people: [PersonReference]?
    package var groups: [FieldGroup]
    package var purpose: ReadingPurpose

    package init(people: [PersonReference]? = nil, groups: [FieldGroup], purpose: ReadingPurpose) {
        self.people = people
        self.groups = groups
        self.purpose = purpose
    }
}

/// One group of one person, opened.
package struct RevealedPart: Codable, Hashable, Sendable {
    package let person: PersonReference
    package let group: FieldGroup
    /// Nothing where the person was erased.
    package let value: JSONValue?
}

extension CaseDesk {
    /// Opens personal data of a case or person after recording that somebody does.
    ///
    /// - Parameters:
    ///   - id: Command id of the reading; sent again, the same is shown and nothing recorded.
    ///   - bytes: The request as sent.
    /// - Returns: The newest part of each group asked for, as far as there is one, and where the reading stands.
    package func reveal(
        _ request: RevealRequest, of subject: Subject, everybody: [PersonReference], by principal: Principal,
        id: UniqueID, bytes: Data
    ) async throws(DeskError) -> (parts: [RevealedPart], position: Position) {
        let people = request.people ?? Array(everybody.prefix(12))
        let reading = RevealRecords(people: people, groups: request.groups, purpose: request.purpose)
        let receipt = try await record(reading, on: subject, by: principal, id: id, bytes: bytes)
        var parts: [RevealedPart] = []
        let wanted = Set(request.groups)
        for place in try await viewed({ () throws(ViewStoreError) in try await views.sealedParts(of: people) })
        where wanted.contains(place.group) {
            parts.append(
                RevealedPart(
                    person: place.person, group: place.group,
                    value: try await open(place.section, at: place.position)))
        }
        return (parts, receipt.position)
    }

    /// Carries out a command of the desk's own.
    func record<Command: HubCommand>(
        _ command: Command, on subject: Subject, by principal: Principal, id: UniqueID, bytes: Data
    ) async throws(DeskError) -> CommandReceipt {
        let open: JSONValue
        do {
            open = try EventJSON.decode(JSONValue.self, from: EventJSON.encode(command))
        } catch {
            throw DeskError(.notEncodable)
        }
        return try await perform(
            CommandRequest(
                id: id, type: Command.name, subject: subject.text, body: CommandBody(open: open), bytes: bytes,
                principal: principal, channel: "http"),
            as: Command.self)
    }

    /// The value of one sealed part; nothing once erased.
    func open(_ section: UInt8, at position: Position) async throws(DeskError) -> JSONValue? {
        do {
            guard let event = try await log.event(at: position),
                let sealed = event.sealed.first(where: { $0.section == section }),
                let plaintext = try keys.open(sealed, in: event.context(of: sealed))
            else { return nil }
            return try EventJSON.decode(JSONValue.self, from: plaintext)
        } catch {
            throw DeskError(.keysUnavailable)
        }
    }
}
