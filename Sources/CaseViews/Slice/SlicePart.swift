package import EventSourcing

/// A sealed part that one department may read with one event: where it stands and what it is.
package struct SlicePart: Hashable, Sendable {
    package let group: FieldGroup
    package let person: PersonReference
    /// The event that holds the section: the event itself, or an earlier one that a release names.
    package let event: UniqueID
    package let section: UInt8

    package init(group: FieldGroup, person: PersonReference, event: UniqueID, section: UInt8) {
        self.group = group
        self.person = person
        self.event = event
        self.section = section
    }
}

/// A part opened for one department.
package enum SliceValue: Hashable, Sendable {
    case value(JSONValue)
    /// The person has been erased; what remains is that there was something.
    case erased
}

/// Why a slice could not be rendered; each is a bug or a damaged log, never a department's mistake.
package enum SliceError: Error, Hashable, Sendable {
    /// The department is not in the event's audience.
    case notAddressed(DepartmentCode, Position)
    /// The event's type has no schema here.
    case unknownType(String, Position)
    /// The stored bytes are not of their type.
    case unreadable(Position)
    /// A part the department may read was not opened.
    case partMissing(SlicePart)
}
