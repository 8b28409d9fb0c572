package import FoundationEssentials

/// Which department learns which field groups of one event; decided with the event and hashed with it.
package struct Disclosure: Hashable, Sendable {
    /// The groups by department; a department that is present gets exactly one feed entry, even with no group.
    package var groups: [DepartmentCode: Set<DisclosedGroup>]

    package init(_ groups: [DepartmentCode: Set<DisclosedGroup>] = [:]) {
        self.groups = groups
    }

    /// Disclosed to nobody.
    package static let none = Disclosure()

    /// The departments that get a feed entry, sorted bytewise.
    package var audience: [DepartmentCode] { groups.keys.sorted() }

    /// Adds groups for one department.
    package mutating func add(_ more: Set<DisclosedGroup>, for department: DepartmentCode) {
        groups[department, default: []].formUnion(more)
    }

    /// The stored bytes of `FORMATS.md` §3: departments and groups sorted, no spaces; `{}` for none.
    package var bytes: Data {
        let departments = audience.map { department in
            let names = (groups[department] ?? []).sorted().map { "\"\($0)\"" }.joined(separator: ",")
            return "\"\(department)\":[\(names)]"
        }
        return Data("{\(departments.joined(separator: ","))}".utf8)
    }

    /// Reads stored bytes back.
    ///
    /// - Throws: `DecodingError` when they are not this form.
    package init(bytes: Data) throws {
        let decoded = try EventJSON.decode([String: Set<DisclosedGroup>].self, from: bytes)
        var groups: [DepartmentCode: Set<DisclosedGroup>] = [:]
        for (name, disclosed) in decoded {
            guard let department = DepartmentCode(name) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: [], debugDescription: "\(name) is no department code"))
            }
            groups[department] = disclosed
        }
        self.groups = groups
    }
}
