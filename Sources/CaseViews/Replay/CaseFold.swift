import Casework
import EventSourcing
import RuleBook

/// The running state of a replay: taken event by event, it can be asked after each.
struct CaseFold {
    let caseID: CaseID
    let request: HelpRequestID?
    var history = RuleBookHistory()
    var dossier: CaseDossier?
    var timeline: [TimelineRow] = []
    var deadlines: [DeadlineID: DeadlineRow] = [:]
    private var tellings: [DepartmentCode: [(told: CaseReplay.Told, referrals: [ReferralID])]] = [:]
    private var disclosures = LiveDisclosures()
    var position = Position.start
    var requestDossier: RequestDossier?
    var ledger = HolderLedger()

    init(caseID: CaseID, request: HelpRequestID?) {
        self.caseID = caseID
        self.request = request
    }

    mutating func take(_ recorded: RecordedEvent) throws {
        position = max(position, recorded.position)
        if try history.evolve(with: recorded) {
            guard recorded.type == RuleBookEvent.Kind.calendarPublished.rawValue else { return }
            for row in dossier?.recount(by: history.current) ?? [] {
                deadlines[row.id] = row
            }
            for row in requestDossier?.recount(by: history.current) ?? [] {
                deadlines[row.id] = row
            }
            return
        }
        let event = try ReadEvent(recorded)
        let isRequest = request != nil && event.requestID == request
        guard event.caseIDs.contains(caseID) || isRequest else { return }
        if let fact = event.event { disclosures.take(fact, at: recorded.occurredAt) }
        if isRequest {
            if requestDossier == nil { requestDossier = RequestDossier(recordedBy: event) }
            for row in requestDossier?.take(event, rules: history.current) ?? [] { deadlines[row.id] = row }
        }
        if dossier == nil { dossier = CaseDossier(openedBy: event) }
        if event.caseIDs.contains(caseID), let change = dossier?.take(event, rules: history.current) {
            timeline.append(change.timeline)
            if let row = dossier?.row { ledger.take(event, row: row) }
            for row in change.deadlines { deadlines[row.id] = row }
        }
        let subject = dossier.map { TimelineWording.subject(of: event, in: $0.row) } ?? recorded.tags.first
        guard let subject else { return }
        let referrals = recorded.tags.filter { $0.kind == .referral }.compactMap { ReferralID(String($0.name)) }
        for (department, groups) in try recorded.disclosure.groups {
            let entry = CaseReplay.Told(
                position: recorded.position, recordedAt: recorded.recordedAt, eventType: recorded.type,
                subject: subject, groups: groups.sorted())
            tellings[department, default: []].append((entry, referrals))
        }
    }

    /// What a department was told, each with the end of its right to read it as far as one is known.
    func told(_ department: DepartmentCode) -> [CaseReplay.Told] {
        tellings[department, default: []].map { entry, referrals in
            guard entry.groups.contains(where: { $0.person != nil }) else { return entry }
            var told = entry
            told.readableUntil = disclosures.end(ofAll: referrals, for: department)
            return told
        }
    }

    /// The promise to the citizen, whose days are accounted for.
    private static let promise = DeadlineRuleID("case.exit")

    /// Whose every working day was, one account for each run of the promise, oldest first.
    func accounts(asOf: Instant) -> [(promise: DeadlineRow, days: CaseDays)] {
        deadlines.values.filter { $0.id.rule == Self.promise }
            .sorted { left, right in
                left.started.position == right.started.position
                    ? left.id < right.id : left.started.position < right.started.position
            }
            .compactMap { row in
                CaseDays(row, ledger: ledger, rules: history.current, asOf: asOf).map { (row, $0) }
            }
    }
}
