package import EventSourcing
package import FoundationEssentials

/// Whose feed of which log in which epoch; everything sealed or signed for a department is bound to it.
package struct FeedScope: Hashable, Sendable {
    package let logID: UniqueID
    package let epoch: UniqueID
    package let department: DepartmentCode

    package init(logID: UniqueID, epoch: UniqueID, department: DepartmentCode) {
        self.logID = logID
        self.epoch = epoch
        self.department = department
    }

    /// The topic of every message of this feed; the closing slash keeps `a` from receiving `ab`.
    package var topic: Data { Self.topic(of: department) }

    /// The topic of a department's feed in any log.
    package static func topic(of department: DepartmentCode) -> Data {
        Data("od1/\(department)/".utf8)
    }

    /// `label ‖ log_id ‖ epoch ‖ lp8(dept)`.
    func prefix(_ label: StaticString) -> WireWriter {
        var writer = WireWriter(capacity: 128)
        writer.append(label: label)
        writer.append(logID)
        writer.append(epoch)
        writer.append(lengthPrefixed8: department.description)
        return writer
    }
}
