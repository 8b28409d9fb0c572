package import EventSourcing
import Foundation
import MerkleLog
import Testing

/// The rules of the event log port; every store is held to each of them.
///
/// A store's test passes each rule and a factory that makes an empty log with the clock and identity it is given.
package enum EventLogContract: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case positionsHaveNoGaps = "positions have no gaps, and the events of an append stand together"
    case queriesSelect = "a query selects by type or, within an item, by type and all tags"
    case pagesContinue = "pages continue after a place and tell the head of their read"
    case conditionFails = "an append fails when a matching event came after its place"
    case conditionOnAll = "a condition on everything fails after any event"
    case conditionIgnoresOwnEvents = "a condition does not look at the append's own events"
    case refusedAppendsLeaveNoTrace = "a refused append leaves no trace"
    case repeatsTakeNoEffect = "a repeated command gets the same acceptance and makes no second event"
    case otherBodyIsRefused = "a command id with another body is refused"
    case actorsHaveTheirOwnCommands = "the same command id of another actor is another command"
    case emptyAppendsAreRemembered = "a command that had nothing to do is remembered"
    case limitsHold = "what breaks a limit is refused whole"
    case eventIDsAreUnique = "an event id is used once"
    case recordedTimeNeverGoesBack = "recorded time never goes back, even when the clock does"
    case feedsAreGapless = "each department's feed has its own gapless sequence and chain"
    case leavesAreOfTheEvents = "leaves and root are those of the events"
    case consumersAreKept = "what a consumer acknowledged last is kept"
    case commitsRing = "a commit rings with the newest head"
    case oneWinner = "of many writers of one fact exactly one wins"
    case noWriteSkew = "writers who rule each other out do not both win"

    /// Makes an empty log.
    package typealias Factory =
        @Sendable (_ identity: LogIdentity, _ clock: any CivilClock) async throws
        -> any EventLog

    package var testDescription: String { rawValue }

    /// Checks this rule on a log the factory makes.
    package func check(_ factory: Factory) async throws {
        let clock = PushedClock()
        var generator = SeededGenerator.printed(for: rawValue)
        let identity = LogIdentity(logID: generator.uniqueID(), epoch: generator.uniqueID(), isDemo: true)
        let log = try await factory(identity, clock)
        #expect(log.identity == identity)
        var bench = Bench(log: log, clock: clock, samples: EventSamples(generator: generator, logID: identity.logID))
        switch self {
        case .positionsHaveNoGaps: try await bench.positionsHaveNoGaps()
        case .queriesSelect: try await bench.queriesSelect()
        case .pagesContinue: try await bench.pagesContinue()
        case .conditionFails: try await bench.conditionFails()
        case .conditionOnAll: try await bench.conditionOnAll()
        case .conditionIgnoresOwnEvents: try await bench.conditionIgnoresOwnEvents()
        case .refusedAppendsLeaveNoTrace: try await bench.refusedAppendsLeaveNoTrace()
        case .repeatsTakeNoEffect: try await bench.repeatsTakeNoEffect()
        case .otherBodyIsRefused: try await bench.otherBodyIsRefused()
        case .actorsHaveTheirOwnCommands: try await bench.actorsHaveTheirOwnCommands()
        case .emptyAppendsAreRemembered: try await bench.emptyAppendsAreRemembered()
        case .limitsHold: try await bench.limitsHold()
        case .eventIDsAreUnique: try await bench.eventIDsAreUnique()
        case .recordedTimeNeverGoesBack: try await bench.recordedTimeNeverGoesBack()
        case .feedsAreGapless: try await bench.feedsAreGapless()
        case .leavesAreOfTheEvents: try await bench.leavesAreOfTheEvents()
        case .consumersAreKept: try await bench.consumersAreKept()
        case .commitsRing: try await bench.commitsRing()
        case .oneWinner: try await bench.oneWinner()
        case .noWriteSkew: try await bench.noWriteSkew()
        }
    }

    /// A fresh log and what a rule needs to fill it.
    struct Bench {
        let log: any EventLog
        let clock: PushedClock
        var samples: EventSamples

        let jiaoyu: DepartmentCode
        let fulian: DepartmentCode
        let caseA: EventTag
        let caseB: EventTag
        let number: EventTag

        init(log: any EventLog, clock: PushedClock, samples: EventSamples) {
            self.log = log
            self.clock = clock
            self.samples = samples
            jiaoyu = Self.literal("jiaoyu")
            fulian = Self.literal("fulian")
            caseA = Self.literal("case:a")
            caseB = Self.literal("case:b")
            number = Self.literal("number:DY23-00001")
        }

        private static func literal<Value: LosslessStringConvertible>(_ text: String) -> Value {
            guard let value = Value(text) else { preconditionFailure("\(text) is valid") }
            return value
        }

        /// Appends one event and gives its place.
        @discardableResult
        mutating func add(
            _ type: String = "ReferralAccepted", tags: Set<EventTag> = [], to departments: [DepartmentCode] = []
        ) async throws -> Position {
            let event = try samples.event(type, tags: tags, disclosure: disclosure(to: departments))
            return try await log.append(samples.append([event])).position
        }

        func disclosure(to departments: [DepartmentCode]) -> Disclosure {
            Disclosure(Dictionary(uniqueKeysWithValues: departments.map { ($0, [DisclosedGroup(.reference)]) }))
        }

        func positions(_ query: EventQuery, after: Position = .start, limit: Int = 1000) async throws -> [UInt64] {
            try await log.read(query, after: after, limit: limit).events.map(\.position.number)
        }

        /// Appends and expects to be refused with a code.
        @discardableResult
        func refused(_ code: EventLogError.Code, _ append: Append, sourceLocation: SourceLocation = #_sourceLocation)
            async throws -> EventLogError?
        {
            do {
                let acceptance = try await log.append(append)
                Issue.record("accepted: \(acceptance)", sourceLocation: sourceLocation)
                return nil
            } catch {
                #expect(error.code == code, sourceLocation: sourceLocation)
                return error
            }
        }
    }
}
