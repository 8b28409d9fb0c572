package import FoundationEssentials

/// The limits of `FORMATS.md` §1, which every store of events applies alike.
package enum AppendLimits {
    package static let events = 256
    package static let dataBytes = 64 * 1024
    /// `meta` has no limit of its own in the formats; it holds references only and never comes near this.
    package static let metaBytes = 64 * 1024
    package static let tags = 32
    package static let sections = 32

    /// What one append breaks, if anything; says so without repeating stored values.
    package static func violation(in append: Append) -> EventLogError? {
        if append.fingerprint.count != 32 { return refuse("the fingerprint has 32 bytes") }
        if append.events.count > events { return refuse("an append has at most \(events) events") }
        if Set(append.events.map(\.eventID)).count != append.events.count {
            return refuse("two events of the append have the same id")
        }
        for (index, event) in append.events.enumerated() {
            if let sentence = violation(in: event) { return refuse("event \(index + 1) of the append: \(sentence)") }
        }
        return nil
    }

    private static func violation(in event: NewEvent) -> String? {
        if event.type.isEmpty || event.type.utf8.count > 128 { return "a type name has 1 to 128 bytes" }
        if event.schemaVersion == 0 { return "schema versions count from 1" }
        if event.data.count > dataBytes { return "data has at most 64 KiB" }
        if event.meta.count > metaBytes { return "meta has at most 64 KiB" }
        if event.tags.count > tags { return "an event has at most \(tags) tags" }
        if event.salt.count != 16 { return "a salt has 16 bytes" }
        if event.sealed.count > sections { return "an event has at most \(sections) sealed sections" }
        for (index, section) in event.sealed.enumerated() {
            if Int(section.section) != index + 1 { return "sealed sections are numbered 1, 2, 3 …" }
            if section.digest.count != 32 || section.nonce?.count != 12 || (section.ciphertext?.count ?? 0) < 16 {
                return "a sealed section has a digest of 32 bytes, a nonce of 12 and a ciphertext with its tag"
            }
        }
        if hasLabels(of: event.sealed, event.meta) { return nil }
        guard let labels = try? EventJSON.decode(Labels.self, from: event.meta) else { return "meta is a JSON object" }
        return labels.are(of: event.sealed) ? nil : "meta.sealed lists the sealed sections"
    }

    /// Whether `meta` names exactly these sealed sections, which binds their group and person to the leaf.
    package static func labels(in meta: Data, are sections: [SealedSection]) -> Bool {
        hasLabels(of: sections, meta) || (try? EventJSON.decode(Labels.self, from: meta))?.are(of: sections) ?? false
    }

    private static func refuse(_ sentence: String) -> EventLogError {
        EventLogError(.invalidAppend, detail: sentence)
    }

    /// The one member of `meta` that binds other columns.
    private struct Labels: Decodable {
        let sealed: [EventMetadata.SealedLabel]?

        func are(of sections: [SealedSection]) -> Bool {
            sealed ?? [] == sections.map { EventMetadata.SealedLabel(s: $0.section, g: $0.group, p: $0.person) }
        }
    }
}
