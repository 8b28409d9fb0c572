package import CaseViews
package import EventSourcing
import FoundationEssentials
import Logging
import RuleBook

/// Alarms operations about referrals that no department's system has said to hold (`reference/product.md` §4.6).
///
/// One line of the log for each referral and department, at warning; the list behind it is `GET /v1/undelivered`. It
/// records nothing and moves no state. A restart tells of what still waits once more.
package actor DeliveryWatch: Keeper {
    /// What one look found.
    package struct Finding: Hashable, Sendable {
        /// Those told of now and not before.
        package let alarmed: [WorklistRow]
        /// How many wait in all, at most as many as one look takes.
        package let waiting: Int
    }

    private struct Key: Hashable {
        let department: DepartmentCode
        let referral: ReferralID
    }

    /// Minutes after which a referral should have arrived, where nothing else is set.
    package static let standardMinutes = 15
    /// 0, at once, through a week.
    package static let minutesRange = 0...10_080
    package static let minutesForm = "minutes, 0 through 10080"
    /// So many are looked at in one go; more are told of as these arrive.
    private static let most = 500

    private let desk: CaseDesk
    private let minutes: Int
    package nonisolated let pause: @Sendable () async throws -> Void
    private var told: Set<Key> = []

    /// - Parameters:
    ///   - minutes: Within ``minutesRange``.
    ///   - pause: How long to wait between looks; a quarter of a minute where nothing else is given.
    package init(
        desk: CaseDesk, minutes: Int = DeliveryWatch.standardMinutes,
        pause: @escaping @Sendable () async throws -> Void = {
            // Sleeps: the civil clock may jump and be paused, so the time is looked at and not waited for.
            try await ContinuousClock().sleep(for: .seconds(15))
        }
    ) {
        precondition(Self.minutesRange.contains(minutes), "minutes after dispatch are 0 through 10080")
        self.desk = desk
        self.minutes = minutes
        self.pause = pause
    }

    /// What counts as undelivered at a time.
    package static func filter(minutes: Int, at now: Instant) -> WorklistFilter {
        var filter = WorklistFilter()
        filter.undeliveredSince = Instant(milliseconds: now.milliseconds - Int64(minutes) * 60_000)
        return filter
    }

    /// Looks once; views that cannot be read are looked at again after the pause, for nothing is lost by waiting.
    package func look() async -> KeeperLook {
        .settled(await find().alarmed.count)
    }

    /// What waits now, with an alarm for what is new; nothing where the views cannot be read.
    @discardableResult
    package func find() async -> Finding {
        let rows: [WorklistRow]
        let now = desk.clock.now()
        do {
            rows = try await desk.views.worklist(Self.filter(minutes: minutes, at: now), at: now, limit: Self.most)
        } catch {
            return Finding(alarmed: [], waiting: 0)
        }
        let keys = Set(rows.map { Key(department: $0.department, referral: $0.referral) })
        let new = rows.filter { !told.contains(Key(department: $0.department, referral: $0.referral)) }
        told = keys
        for row in new {
            desk.logger.warning(
                "转办单未送达部门系统 / a referral has not arrived in its department's system",
                metadata: [
                    "department": "\(row.department)", "referral": "\(row.referral)",
                    "dispatchedAt": "\(row.dispatchedAt.map(\.description) ?? "")",
                    "remedy": "检查该部门适配器，或电话告知 / look at its adapter, or tell it by telephone",
                ])
        }
        return Finding(alarmed: new, waiting: rows.count)
    }
}
