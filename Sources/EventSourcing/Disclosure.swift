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

    /// Reads stored bytes back; they must be exactly the form of ``bytes``.
    ///
    /// - Throws: `DecodingError` when they are not this form.
    /// - Complexity: O(*n*); every event that is rendered or verified comes through here.
    package init(bytes: Data) throws {
        guard let groups = bytes.withUnsafeBytes(Self.groups), Self(groups).bytes == bytes else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "these bytes are no disclosure in its stored form"))
        }
        self.groups = groups
    }

    /// Takes the names out of the quotes; what stands between them is checked by writing it again.
    private static func groups(in bytes: UnsafeRawBufferPointer) -> [DepartmentCode: Set<DisclosedGroup>]? {
        var groups: [DepartmentCode: Set<DisclosedGroup>] = [:]
        var department: DepartmentCode?
        var rest = bytes[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "\"")) {
            let inside = rest[(open + 1)...]
            guard let close = inside.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            let name = String(decoding: inside[..<close], as: UTF8.self)
            rest = rest[(close + 1)...]
            if rest.first == UInt8(ascii: ":") {
                guard let code = DepartmentCode(name) else { return nil }
                department = code
                groups[code] = []
            } else {
                guard let department, let group = DisclosedGroup(name) else { return nil }
                groups[department, default: []].insert(group)
            }
        }
        return groups
    }
}
