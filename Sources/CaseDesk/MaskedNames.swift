import CaseViews
package import EventSourcing
import FoundationEssentials
import Registry
import WorkingCalendar

/// Names as lists may show them: the first character and a star a further one, `张**`; of a minor the initial, `张某`.
///
/// A masked list is no reveal (`RULINGS.md` §5), so nothing is recorded. Nothing is kept either: a name that was
/// corrected or erased would otherwise still be shown.
package struct MaskedNames: Sendable {
    private let desk: CaseDesk

    package init(desk: CaseDesk) {
        self.desk = desk
    }

    /// The masked name of a person, or nothing when none is known or the person was erased.
    ///
    /// - Complexity: Two indexed reads and one decryption.
    package func name(of person: PersonReference) async -> String? {
        await name(of: person, holding: "")
    }

    /// The masked name of a person whose name holds these characters; nothing for anybody else.
    func name(of person: PersonReference, holding fragment: String) async -> String? {
        guard let identity = await identity(of: person), let name = identity.value["name"]?.text,
            let first = name.first, fragment.isEmpty || name.contains(fragment)
        else { return nil }
        // How many characters follow would tell more of a child than an initial does.
        if identity.isMinor { return "\(first)某" }
        return String(first) + String(repeating: "*", count: max(1, name.count - 1))
    }

    /// Who a person is, opened, and whether they are a minor today.
    private func identity(of person: PersonReference) async -> (value: JSONValue, isMinor: Bool)? {
        guard
            let place = try? await desk.views.sealedParts(of: [person]).first(where: { $0.group == .identity }),
            let event = try? await desk.log.event(at: place.position),
            let section = event.sealed.first(where: { $0.section == place.section }),
            let plaintext = try? desk.keys.open(section, in: event.context(of: section)),
            let value = try? EventJSON.decode(JSONValue.self, from: plaintext)
        else { return nil }
        let today = CivilDay(containing: desk.clock.now().milliseconds)
        if let number = value["idNumber"]?.text.flatMap({ try? IdentityNumber($0) }) {
            return (value, number.isMinor(on: today))
        }
        let registered = event.data.flatMap { try? EventJSON.decode(JSONValue.self, from: $0) }
        return (value, registered?["minor"] == .bool(true))
    }
}
