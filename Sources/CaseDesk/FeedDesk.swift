import CaseViews
package import Crypto
package import EventSourcing
package import FeedProtocol
package import FoundationEssentials
import Logging
import RuleBook
import ServiceLifecycle
import WorkingCalendar

/// What the departments' doors ask of the hub: their entries, sealed for them, and their commands, opened and checked.
///
/// The feed process relays only bytes made here, so it can neither read, forge nor answer.
package actor FeedDesk: Service {
    let desk: CaseDesk
    let signing: Curve25519.Signing.PrivateKey
    let commandKey: Curve25519.KeyAgreement.PrivateKey
    private var sealings: [DepartmentCode: Sealing] = [:]
    /// Acknowledged since the last writing; bounded by ``progressLimit``.
    private var progress: [Consumer: ConsumerProgress] = [:]

    private struct Consumer: Hashable {
        let department: DepartmentCode
        let name: String
    }

    /// More readers than this cannot acknowledge between two writings.
    private static let progressLimit = 1024

    /// A feed key in use, and what it is bound to: a new civil day, epoch or department key makes a new one.
    struct Sealing {
        let day: CivilDay
        let agreement: PublicKeyText
        let key: FeedKey
        let block: KeyBlock
    }

    /// Joins the desk with the hub's two key pairs.
    ///
    /// - Parameters:
    ///   - signing: The hub's Ed25519 key, whose public half the departments have pinned.
    ///   - commandKey: The hub's X25519 key, to which their commands are sealed.
    package init(
        desk: CaseDesk, signing: Curve25519.Signing.PrivateKey, commandKey: Curve25519.KeyAgreement.PrivateKey
    ) {
        self.desk = desk
        self.signing = signing
        self.commandKey = commandKey
    }

    /// The departments that are enrolled, with their CURVE keys and the end of their feed.
    ///
    /// A judicial body may be enrolled as well: its feed stays empty by rule.
    package func subscribers() async throws(DeskError) -> [(department: DepartmentCode, transport: Data, head: UInt64)]
    {
        do throws(EventLogError) {
            let rules = try await desk.ruleBook.current().history.current
            var found: [(department: DepartmentCode, transport: Data, head: UInt64)] = []
            for department in rules.departments {
                guard let keys = rules.keys(of: department.code) else { continue }
                let head = try await desk.log.feedHead(for: department.code)?.sequence ?? 0
                found.append((department.code, Data(keys.transport.bytes), head))
            }
            return found
        } catch {
            throw desk.told(error)
        }
    }

    /// The next entries of one department's feed as they travel; nothing when there is none.
    ///
    /// - Parameter credit: At most this many, 1 through 64.
    /// - Complexity: One key agreement a day and department; then about 1 µs an entry beside reading and opening parts.
    package func entries(
        for department: DepartmentCode, after sequence: UInt64, credit: Int
    ) async throws(DeskError) -> FeedBatch? {
        do throws(EventLogError) {
            let listed = try await desk.log.feedEntries(
                for: department, after: sequence, limit: min(max(credit, 1), FeedBatch.maximumCount))
            guard !listed.isEmpty else { return nil }
            let head = try await desk.log.head()
            let headSequence = try await desk.log.feedHead(for: department)?.sequence ?? 0
            let rules = try await desk.ruleBook.current().history
            let sealing = try sealing(for: department, rules: rules.current)
            var sealed: [SealedEntry] = []
            for entry in listed {
                sealed.append(try await seal(entry, for: department, rules: rules, with: sealing.key))
            }
            let header = FeedHeader(
                kind: .entries, isDemo: desk.identity.isDemo, count: 0, firstSequence: 0, lastSequence: 0,
                headSequence: headSequence, headPosition: head.position, civilTime: desk.clock.now(),
                epoch: desk.identity.epoch)
            let fitting = Array(sealed.prefix(FeedBatch.prefixCount(of: sealed)))
            return try Self.wire { () throws(FeedWireError) in
                try FeedBatch(header: header, keyBlock: sealing.block, entries: fitting)
            }
        } catch {
            throw desk.told(error)
        }
    }

    /// Takes note of how far a department's copy goes; ``run()`` writes it down within a second.
    ///
    /// - Returns: Whether its chain is ours; if not, the department or the hub has another history.
    package func acknowledge(
        _ department: DepartmentCode, consumer: String, sequence: UInt64, chain: Data
    ) async throws(DeskError) -> Bool {
        do throws(EventLogError) {
            guard try await isOurs(department, sequence: sequence, chain: chain) else { return false }
            let reader = Consumer(department: department, name: consumer)
            guard progress[reader] != nil || progress.count < Self.progressLimit else {
                throw EventLogError(.busy, detail: "\(Self.progressLimit) readers acknowledge at once")
            }
            progress[reader] = ConsumerProgress(
                department: department, name: consumer, sequence: sequence, chain: chain,
                acknowledgedAt: desk.clock.now())
            return true
        } catch {
            throw desk.told(error)
        }
    }

    /// Writes what was acknowledged once a second, and what is left at shutdown (`RULINGS.md` §5).
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Sleeps: acknowledgements are gathered for a second before they are written.
                try? await ContinuousClock().sleep(for: .seconds(1))
                // What could not be written stays noted; the log has said why.
                try? await self.writeProgress()
            }
        }
    }

    /// Writes one row for every reader that acknowledged since the last time, all in one commit.
    ///
    /// - Throws: ``DeskError``; what was not written is written the next time, unless the reader has gone further.
    package func writeProgress() async throws(DeskError) {
        guard !progress.isEmpty else { return }
        let due = progress
        progress = [:]
        do throws(EventLogError) {
            try await desk.log.record(due.values.sorted { ($0.department, $0.name) < ($1.department, $1.name) })
        } catch {
            progress.merge(due) { newer, _ in newer }
            throw desk.told(error)
        }
    }

    private func isOurs(_ department: DepartmentCode, sequence: UInt64, chain: Data) async throws(EventLogError) -> Bool
    {
        guard sequence > 0 else { return true }
        let entry = try await desk.log.feedEntries(for: department, after: sequence - 1, limit: 1).first
        return entry?.sequence == sequence && entry?.chain == chain
    }

    var scopeBase: (logID: UniqueID, epoch: UniqueID) { (desk.identity.logID, desk.identity.epoch) }

    /// The feed key of today, made anew when the day, or the department's own key, is another.
    func sealing(for department: DepartmentCode, rules: RuleBook) throws(EventLogError) -> Sealing {
        guard let keys = rules.keys(of: department) else {
            throw EventLogError(.unavailable, detail: "\(department) has no keys registered")
        }
        let day = CivilDay(containing: desk.clock.now().milliseconds)
        if let known = sealings[department], known.day == day, known.agreement == keys.agreement { return known }
        let key = FeedKey(
            id: SymmetricKey(size: .init(bitCount: 64)).withUnsafeBytes { Data($0) }, key: SymmetricKey(size: .bits256))
        let scope = FeedScope(logID: scopeBase.logID, epoch: scopeBase.epoch, department: department)
        let block = try Self.wire { () throws(FeedWireError) in
            guard let agreement = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: Data(keys.agreement.bytes))
            else { throw .notAuthentic("department key") }
            return try KeyBlock(wrapping: key, for: agreement, signedBy: signing, scope: scope)
        }
        let made = Sealing(day: day, agreement: keys.agreement, key: key, block: block)
        sealings[department] = made
        return made
    }

    private func seal(
        _ entry: FeedEntry, for department: DepartmentCode, rules: RuleBookHistory, with key: FeedKey
    ) async throws(EventLogError) -> SealedEntry {
        guard let event = try await desk.log.event(at: entry.position) else {
            throw EventLogError(.damaged, at: entry.position, detail: "a feed entry names no event")
        }
        let plaintext = try await SliceSource(desk: desk).slice(
            of: event, for: department, feedSequence: entry.sequence, rules: rules)
        let scope = FeedScope(logID: scopeBase.logID, epoch: scopeBase.epoch, department: department)
        return try Self.wire { () throws(FeedWireError) in
            try SealedEntry(
                sealing: plaintext, sequence: entry.sequence, position: entry.position, leaf: event.leaf,
                nonce: AES.GCM.Nonce(), key: key, scope: scope)
        }
    }

    /// What cannot be put on the wire is a damaged log or a wrong key, never the department's mistake.
    static func wire<Value>(_ make: () throws(FeedWireError) -> Value) throws(EventLogError) -> Value {
        do throws(FeedWireError) {
            return try make()
        } catch {
            throw EventLogError(.unavailable, detail: "an entry cannot be sealed: \(error)")
        }
    }
}
