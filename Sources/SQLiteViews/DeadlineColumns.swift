import CaseViews
import Deadlines
import EventSourcing
import GRDB
import RuleBook

/// What the board finds, sorts and counts a deadline by; all deadlines alike in it share one cell.
///
/// Nothing in it changes by the passing of time: lights come from comparing its instants with the time of asking.
struct DeadlineColumns: Hashable {
    /// First instant too late; what is paused stands by the day that began on (``BoardKey/paused(since:)``), and
    /// ``ViewSchema/never`` where there is none and for floors, which ask nobody for anything.
    let due: Int64
    /// First instant of due soon; for a floor the instant from which on it is free; 0 once it has ended.
    let warn: Int64
    /// The rule with the slash after it, then the kind of its subject with the colon: the head of the id, so that
    /// ordering by both orders as the ids do.
    let rule: String
    let kind: String
    /// Empty for the centre.
    let owner: String
    /// Empty where there is none.
    let town: String
    let standing: Standing
    let flags: Flags

    /// How a deadline stands, time left aside.
    struct Standing: RawRepresentable, Hashable {
        let rawValue: Int

        static let running = Self(rawValue: 0)
        static let floor = Self(rawValue: 1)
        static let met = Self(rawValue: 2)
        static let metLate = Self(rawValue: 3)
        static let cancelled = Self(rawValue: 4)
        /// Any pause; the reasons follow.
        static let firstPause = 8

        static func paused(for reason: DeadlineRule.PauseReason) -> Self {
            switch reason {
            case .applicant: Self(rawValue: firstPause)
            case .expert: Self(rawValue: firstPause + 1)
            case .court: Self(rawValue: firstPause + 2)
            }
        }

        /// What holds the closed ones of a state; nothing for states that are open.
        static func ended(_ state: DeadlineState) -> Self? {
            switch state {
            case .met: .met
            case .metLate: .metLate
            case .cancelled: .cancelled
            case .overdue, .dueSoon, .onTime, .paused, .waiting, .free: nil
            }
        }

        /// The light at an instant of what is due and warned of then.
        func state(due: Int64, warn: Int64, at now: Int64) -> DeadlineState {
            switch self {
            case .met: .met
            case .metLate: .metLate
            case .cancelled: .cancelled
            case .floor: warn <= now ? .free : .waiting
            default:
                if due <= now {
                    .overdue
                } else if rawValue >= Self.firstPause {
                    .paused
                } else {
                    warn <= now ? .dueSoon : .onTime
                }
            }
        }
    }

    /// What is yes or no of a deadline.
    struct Flags: OptionSet, Hashable {
        let rawValue: Int

        static let promise = Self(rawValue: 1)
        static let provisional = Self(rawValue: 2)
        static let urgent = Self(rawValue: 4)
        static let beforeMeeting = Self(rawValue: 8)
        /// Ever; a rate tells how many were.
        static let wasPaused = Self(rawValue: 16)
        static let wasExtended = Self(rawValue: 32)
        /// Paused without a notice.
        static let irregular = Self(rawValue: 64)
        /// A limit of hours.
        static let byHours = Self(rawValue: 128)
        /// Met by what was entered late.
        static let lateRecord = Self(rawValue: 256)
        /// Few, and asked for first of all: they have an index of their own.
        static let sharp: Self = [.urgent, .byHours]
    }

    init(_ row: DeadlineRow) {
        due = BoardKey(of: row).dueAt.milliseconds
        rule = Self.key(row.id.rule)
        kind = row.id.scope.kind.map(Self.key) ?? ""
        owner = row.owner?.description ?? ""
        town = row.town?.description ?? ""
        if let ended = row.isOpen ? nil : Standing.ended(row.state(at: row.started.occurredAt)) {
            standing = ended
            warn = 0
        } else if row.bound == .floor {
            standing = .floor
            warn = row.dueAt?.milliseconds ?? ViewSchema.never
        } else {
            standing = row.dueAt == nil ? row.openPause.map { .paused(for: $0.reason) } ?? .running : .running
            warn = row.warnAt?.milliseconds ?? ViewSchema.never
        }
        var flags: Flags = []
        if row.isPromise { flags.insert(.promise) }
        if row.isProvisional { flags.insert(.provisional) }
        if row.isUrgent == true { flags.insert(.urgent) }
        if row.isBeforeMeeting == true { flags.insert(.beforeMeeting) }
        if !row.pauses.isEmpty { flags.insert(.wasPaused) }
        if !row.extensions.isEmpty { flags.insert(.wasExtended) }
        if row.isIrregular { flags.insert(.irregular) }
        if row.isLateRecord == true { flags.insert(.lateRecord) }
        if row.limit.endsAtInstant { flags.insert(.byHours) }
        self.flags = flags
    }

    /// As read back by the columns of ``names``.
    init(_ row: Row) {
        due = row[0]
        warn = row[1]
        rule = row[2]
        kind = row[3]
        owner = row[4]
        town = row[5]
        standing = Standing(rawValue: row[6])
        flags = Flags(rawValue: row[7])
    }

    static func key(_ rule: DeadlineRuleID) -> String { "\(rule)/" }
    static func key(_ kind: EventTag.Kind) -> String { "\(kind.rawValue):" }

    /// The columns, as every table and statement lists them.
    static let names = "due_key, warn_key, rule, kind, owner, town, standing, flags"

    var values: [DatabaseValue] {
        [
            due.databaseValue, warn.databaseValue, rule.databaseValue, kind.databaseValue, owner.databaseValue,
            town.databaseValue, standing.rawValue.databaseValue, flags.rawValue.databaseValue,
        ]
    }

    var isOpen: Bool { standing != .met && standing != .metLate && standing != .cancelled }

    /// The cell's number: its content mixed to 63 bits, so that live views and a rebuild give it the same.
    ///
    /// Two contents with one number, which a county will not see in a thousand years, fail the write loudly: the key
    /// of the table is the number, and a count is only ever added to a cell of the same content.
    var cell: Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for text in [rule, kind, owner, town] {
            text.utf8.forEach(mix)
            mix(0)
        }
        for number in [
            UInt64(bitPattern: due), UInt64(bitPattern: warn), UInt64(standing.rawValue * 512 + flags.rawValue),
        ] {
            hash = (hash ^ number) &* 0x9e37_79b9_7f4a_7c15
            hash ^= hash >> 29
        }
        hash = (hash ^ hash >> 32) &* 0xd6e8_feb8_6659_fd93
        return Int64(bitPattern: (hash ^ hash >> 32) >> 1)
    }
}
