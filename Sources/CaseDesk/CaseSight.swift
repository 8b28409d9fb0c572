package import CaseViews
package import Casework
package import EventSourcing
package import RuleBook
import WorkingCalendar

/// What one reader may see of the cases; list, detail, timeline, replay and export ask the same one (I-19).
package struct CaseSight: Hashable, Sendable {
    /// Where it ends at a town's border.
    package let town: TownCode?
    /// Where it ends at what a village point took in or was given; empty is no limit.
    package let keepers: Set<CaseRow.Keeper>
    /// People the reader declared a conflict with: nothing about them is shown (N-8).
    package let hiddenPeople: Set<PersonReference>
    /// Whether it ends at what is before a joint meeting, as its office's does (`reference/product.md` §4.8).
    package let onlyBeforeMeeting: Bool
    /// Whether only an emergency access opens anything.
    fileprivate let isByEmergencyOnly: Bool

    /// Whether it ends somewhere.
    package var isLocal: Bool { town != nil || !keepers.isEmpty }

    /// Whether the reader may see a case.
    package func sees(_ row: CaseRow) -> Bool {
        guard !isByEmergencyOnly, town == nil || row.town == town else { return false }
        guard !onlyBeforeMeeting || row.isBeforeMeeting else { return false }
        guard keepers.isEmpty || row.keepers.contains(where: keepers.contains) else { return false }
        return hiddenPeople.isDisjoint(with: row.people)
    }

    /// Narrows a list to what the reader may see.
    package func narrow(_ filter: inout CaseFilter) {
        if let town { filter.town = town }
        filter.keepers = keepers
        filter.hiddenPeople = hiddenPeople
        filter.onlyBeforeMeeting = onlyBeforeMeeting
    }

    /// Narrows the departments' worklists to what the reader may see.
    package func narrow(_ filter: inout WorklistFilter) {
        if let town { filter.town = town }
        filter.keepers = keepers
        filter.hiddenPeople = hiddenPeople
        filter.onlyBeforeMeeting = onlyBeforeMeeting
    }

    /// Narrows the board to what the reader may see.
    package func narrow(_ filter: inout BoardFilter) {
        if let town { filter.town = town }
        filter.keepers = keepers
        filter.hiddenPeople = hiddenPeople
        filter.onlyBeforeMeeting = onlyBeforeMeeting
    }
}

extension CaseDesk {
    /// What somebody may see for a reading action.
    ///
    /// - Throws: ``DeskError`` `forbidden` where the table denies it, or an account lacks the town it needs.
    package func sight(of principal: Principal, for action: Action) async throws(DeskError) -> CaseSight {
        guard let conditions = PermissionTable.rule(for: action, of: principal.role).conditions else {
            throw DeskError.notForThisRole
        }
        var keepers: Set<CaseRow.Keeper> = []
        if conditions.contains(.ownVillage) {
            keepers.insert(.account(principal.account))
            if let post = principal.post { keepers.insert(.post(post)) }
        }
        let isLocal = conditions.contains(.ownTown) || conditions.contains(.ownVillage)
        guard !isLocal || principal.town != nil else { throw DeskError.notForThisRole }
        return CaseSight(
            town: isLocal ? principal.town : nil, keepers: keepers,
            hiddenPeople: try await staff().conflicts(
                of: principal.account, in: Set([principal.post].compactMap(\.self))),
            onlyBeforeMeeting: conditions.contains(.onAgenda), isByEmergencyOnly: conditions.contains(.emergency))
    }

    /// Whether somebody may open one case now, if need be by an emergency access that still runs.
    package func maySee(_ row: CaseRow, _ principal: Principal, for action: Action) async throws(DeskError) -> Bool {
        let sight = try await sight(of: principal, for: action)
        if sight.sees(row) { return true }
        guard sight.isByEmergencyOnly, sight.hiddenPeople.isDisjoint(with: row.people) else { return false }
        let query = EventQuery.tagged(
            .caseFile(row.id),
            types: [
                DeskEvent.Kind.emergencyAccessUsed.rawValue, DeskEvent.Kind.emergencyAccessReviewed.rawValue,
            ])
        do throws(EventLogError) {
            var open: Set<UniqueID> = []
            for event in try await log.readAll(query).events {
                guard case .desk(let fact) = try? CaseworkEvent(event) else { continue }
                if case .emergencyAccessUsed(let used) = fact, used.account == principal.account,
                    used.isOpen(at: clock.now(), usedAt: event.recordedAt)
                {
                    open.insert(used.access)
                }
                // What was found not to be justified is over at once.
                if case .emergencyAccessReviewed(let review) = fact, review.finding == .notJustified {
                    open.remove(review.access)
                }
            }
            return !open.isEmpty
        } catch {
            throw told(error)
        }
    }

    /// What is known of the staff, up to the head.
    package func staff() async throws(DeskError) -> StaffRegister {
        do throws(EventLogError) {
            return try await staffReader.current().staff
        } catch {
            throw told(error)
        }
    }
}

extension DeskError {
    /// The permission table has nothing for this role here.
    static let notForThisRole = DeskError(
        .roleMayNot, remedy: "请有权限的同事办理 / ask a colleague whose role may")
}
