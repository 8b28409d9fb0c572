import CaseViews
package import EventSourcing
import FoundationEssentials

/// Names as lists may show them: the first character and a star a further one, `张**`.
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
        guard
            let place = try? await desk.views.sealedParts(of: [person]).first(where: { $0.group == .identity }),
            let event = try? await desk.log.event(at: place.position),
            let section = event.sealed.first(where: { $0.section == place.section }),
            let plaintext = try? desk.keys.open(section, in: event.context(of: section)),
            let name = try? EventJSON.decode(JSONValue.self, from: plaintext)["name"]?.text, let first = name.first
        else { return nil }
        return String(first) + String(repeating: "*", count: max(1, name.count - 1))
    }
}
