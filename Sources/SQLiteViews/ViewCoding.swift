import CaseViews
import Deadlines
import EventSourcing
import FoundationEssentials
import GRDB
import WorkingCalendar

extension UniqueID {
    /// As stored in a column.
    var blob: Data { Data(bytes) }

    init(column blob: Data) throws {
        guard let id = UniqueID(bytes: blob) else { throw ViewStoreError.storage("an identifier is not 16 bytes") }
        self = id
    }
}

extension EntityID {
    var blob: Data { unique.blob }
}

extension Position {
    /// SQLite has no unsigned column; positions stay far below its limit.
    var column: Int64 { Int64(clamping: number) }

    init(column: Int64) {
        self.init(UInt64(clamping: column))
    }
}

extension DeadlineRow {
    /// The civil day on which it was met or fell away; nothing while it is open.
    var endedDay: CivilDay? {
        switch ending {
        case .stopped(let event), .cancelled(let event): CivilDay(containing: event.occurredAt.milliseconds)
        case nil: nil
        }
    }
}
