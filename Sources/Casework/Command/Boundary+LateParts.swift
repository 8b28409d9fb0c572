package import EventSourcing
import RuleBook

extension Boundary {
    /// What was sealed after a department got its slice and lies within its grant: one further release for each.
    ///
    /// It goes to whoever still works on a referral, never to one that is disputed, being stopped or done, never beyond the
    /// grant of the task, and not back to the department that wrote it. What a department missed while it was disputed
    /// follows when it goes on.
    ///
    /// - Parameters:
    ///   - events: What the command decided; its sealed parts count as recorded.
    ///   - ids: The identifier each of these events will have, in order.
    /// - Returns: Events to append after them; none where nobody lacks anything.
    /// - Complexity: O(events of the case) where something was sealed, else O(events decided).
    package func lateReleases(
        after events: [Decided<HubEvent>], ids: [UniqueID], _ context: CommandContext
    ) -> [Decided<HubEvent>] {
        precondition(ids.count == events.count, "each event has one identifier")
        guard events.contains(where: { !$0.sealed.isEmpty || $0.event.resumesWork }) else { return [] }
        return wholeCases(context).flatMap { lateReleases(in: $0, after: events, ids: ids, context) }
    }

    /// The cases of which everything was read: the command's own, or those that hold a grant on the person it is about.
    private func wholeCases(_ context: CommandContext) -> [CaseID] {
        if let id = context.caseID { return [id] }
        guard case .person = context.subject else { return [] }
        return casesGranting
    }

    /// The cases in which somebody was granted something, in order, as far as grants were read.
    var casesGranting: [CaseID] {
        var cases: [CaseID] = []
        for entry in entries {
            guard case .casework(.referral(.disclosureGranted(let granted))) = entry.event,
                !cases.contains(granted.caseFile)
            else { continue }
            cases.append(granted.caseFile)
        }
        return cases
    }

    private func lateReleases(
        in id: CaseID, after events: [Decided<HubEvent>], ids: [UniqueID], _ context: CommandContext
    ) -> [Decided<HubEvent>] {
        var file = caseFile(id)
        for decided in events where decided.tags.contains(.caseFile(id)) {
            if case .casework(let event) = decided.event { file.evolve(with: event) }
        }
        var releases: [Decided<HubEvent>] = []
        for referralID in file.referralOrder {
            guard let referral = file.referrals[referralID], let order = referral.order else { continue }
            for department in referral.departmentsAtWork {
                // Whoever signs now gets what there is with its signature.
                let signs = events.contains { $0.event.isRelease(of: referralID, to: department) }
                guard !signs, let last = lastRelease(of: referralID, to: department) else { continue }
                var late = parts(after: last, for: department)
                for (decided, id) in zip(events, ids) where context.actor.department != department {
                    late.add(decided.sealed.map { ($0.group, $0.person) }, of: id, decided.disclosure, department)
                }
                let parts = file.releasable(late.index, by: referral, on: context.day)
                    .parts(of: Set(referral.grants[department] ?? []))
                guard !parts.isEmpty else { continue }
                releases.append(
                    referral.release(parts, to: department, order).lifted { .casework(.referral($0)) })
            }
        }
        return releases
    }

    private func lastRelease(of referral: ReferralID, to department: DepartmentCode) -> Int? {
        entries.lastIndex { $0.event.isRelease(of: referral, to: department) }
    }

    /// What others sealed after an entry and a department was not shown with it.
    private func parts(after index: Int, for department: DepartmentCode) -> LateParts {
        var late = LateParts()
        for entry in entries[(index + 1)...] where entry.metadata.actor.department != department {
            // A disclosure that does not read shows nothing, and the part is released.
            let disclosure = (try? entry.recorded.disclosure) ?? .none
            late.add(
                entry.recorded.sealed.map { ($0.group, $0.person) }, of: entry.recorded.eventID, disclosure, department)
        }
        return late
    }
}

/// Sealed parts a department has not been shown, the newest of each group.
private struct LateParts {
    private(set) var index = SealedIndex()

    /// Takes in the parts of one event, in the order of its sections.
    mutating func add(
        _ parts: [(FieldGroup, PersonReference)], of event: UniqueID, _ disclosure: Disclosure,
        _ department: DepartmentCode
    ) {
        let shown = disclosure.groups[department] ?? []
        for (place, part) in parts.enumerated() where part.0 != .signedCommand {
            let group = DisclosedGroup(part.0, of: part.1)
            guard !shown.contains(group) else { continue }
            index.add(.init(event: event, section: UInt8(clamping: place + 1)), for: group)
        }
    }
}

extension HubEvent {
    fileprivate func isRelease(of referral: ReferralID, to department: DepartmentCode) -> Bool {
        guard case .casework(.referral(.sliceReleased(let released))) = self else { return false }
        return released.referral == referral && released.department == department
    }

    /// Whether a department goes on with a referral that it had to leave, or may be told more by consent.
    fileprivate var resumesWork: Bool {
        if case .casework(.caseFile(.authorizationGranted(let granted))) = self {
            return granted.scope.contains(.disclosureToVoluntary)
        }
        guard case .casework(.referral(let event)) = self else { return false }
        switch event {
        case .returnRefused, .terminationRefused, .cancellationWithdrawn, .returnedForRework, .reopened: return true
        case .drafted, .voided, .dispatched, .delivered, .coHandlerInvited, .disclosureGranted, .disclosureEnded,
            .received,
            .sliceReleased,
            .accepted, .declined, .returnRequested, .returnApproved, .designated, .handlingStarted, .progressReported,
            .coResultSubmitted, .completed, .failed, .completionAccepted, .handlerAssigned, .promiseMade,
            .promiseKept, .promiseBroken, .held, .resumed, .redirectRequested, .redirected, .superseded, .offerLapsed,
            .terminationRequested, .terminationApproved, .cancellationRequested, .cancellationConfirmed,
            .cancellationOvertaken:
            return false
        }
    }
}
