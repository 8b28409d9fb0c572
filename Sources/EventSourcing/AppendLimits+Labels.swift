import FoundationEssentials

extension AppendLimits {
    /// Whether `meta.sealed` lists just these sections: the answer for every good event, without decoding `meta`.
    static func hasLabels(of sections: [SealedSection], _ meta: Data) -> Bool {
        guard let tape = try? JSONTape(meta), tape.tokens[0].kind == .object else { return false }
        guard let list = tape.member("sealed", ofRegular: 0) else { return sections.isEmpty }
        guard tape.tokens[list].kind == .list, tape.tokens[list].count == sections.count else { return false }
        var label = list + 1
        for section in sections {
            guard tape.tokens[label].kind == .object, let number = tape.member("s", ofRegular: label),
                let group = tape.member("g", ofRegular: label), let person = tape.member("p", ofRegular: label),
                (try? tape.integer(UInt8.self, at: number)) == section.section,
                (try? tape.string(at: group)) == section.group.rawValue,
                (try? tape.string(at: person)).flatMap({ PersonReference($0) }) == section.person
            else { return false }
            label = tape.end(of: label)
        }
        return true
    }
}
