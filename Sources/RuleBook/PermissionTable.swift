/// Who may do what: the one table of the hub, action by role, and what it does not name is denied
/// (`reference/product.md` §4.8 as ruled by `RULINGS.md` §2).
///
/// §4.8's columns are the roles: VIL is village, STN station, DSP dispatcher, SUP supervisor, DEP department, HEAD
/// departmentHead, VOL voluntary, SEC and PAN meetingOffice, which records what members resolve, AUD auditor, DPO
/// operator. SYS relays for a named post and has that post's rights; APP has no account yet. A town's government takes
/// referrals as a department of kind town, so that station cells of §4.8 "if addressed" are its department's.
package enum PermissionTable {
    /// What a role may do.
    package static func rule(for action: Action, of role: Role) -> AccessRule {
        table[action]?[role] ?? .denied
    }

    /// The roles that may do something at all, some only under conditions.
    package static func roles(for action: Action) -> Set<Role> {
        Set(table[action, default: [:]].keys)
    }

    private static let table: [Action: [Role: AccessRule]] = [
        .recordHelpRequest: row([
            .dispatcher, .supervisor, .station, .village, .department, .departmentHead, .voluntary,
        ]),
        .closeHelpRequest: row([.dispatcher, .supervisor], [.station: [.ownTown]]),
        .registerPeople: row([.dispatcher, .supervisor, .station, .village]),
        .submitApplication: row([.dispatcher, .supervisor, .station, .village]),
        .assistApplication: row([.dispatcher, .supervisor], [.station: [.ownTown], .village: [.ownVillage]]),
        .withdrawApplication: row([], [.station: [.ownTown], .village: [.ownVillage]]),
        .acceptApplication: row(
            [.dispatcher, .supervisor],
            [.station: [.ownTown], .department: [.ownReferral], .departmentHead: [.ownReferral]]),
        .recordVisit: row(
            [],
            [
                .station: [.ownTown], .village: [.ownVillage], .department: [.ownReferral],
                .departmentHead: [.ownReferral], .voluntary: [.ownReferral],
            ]),
        .verifyOutcome: row(
            [],
            [
                .dispatcher: [.notHandler], .supervisor: [.notHandler], .station: [.notHandler, .ownTown],
                .village: [.notHandler, .ownVillage],
            ]),
        .relieveEmergency: row(
            [.dispatcher, .supervisor],
            [
                .station: [.ownTown], .village: [.ownVillage], .department: [.ownReferral],
                .departmentHead: [.ownReferral],
            ]),
        .grantAdvanceRelief: row(
            [.supervisor, .meetingOffice], [.station: [.ownTown], .departmentHead: [.ownReferral]]),
        .triage: row([.dispatcher, .supervisor], [.station: [.ownTown]]),
        .dispatchReferral: row([.dispatcher, .supervisor], [.station: [.insideTown, .ownTown]]),
        .takeReferral: row(
            [], [.department: [.ownReferral], .departmentHead: [.ownReferral], .voluntary: [.ownReferral]]),
        .confirmDelivery: row(
            [], [.department: [.ownReferral], .departmentHead: [.ownReferral], .voluntary: [.ownReferral]]),
        .watchDelivery: row([.dispatcher, .supervisor, .operator]),
        .declineOffer: row([], [.voluntary: [.ownReferral]]),
        .requestReturn: row([], [.department: [.headPost, .ownReferral], .departmentHead: [.ownReferral]]),
        .ruleOnReturn: row([.dispatcher, .supervisor, .meetingOffice]),
        .handleReferral: row(
            [], [.department: [.ownReferral], .departmentHead: [.ownReferral], .voluntary: [.ownReferral]]),
        .checkCompletion: row([.dispatcher, .supervisor]),
        .cancelReferral: row([.dispatcher, .supervisor]),
        .settleReferral: row(
            [.dispatcher, .supervisor],
            [.department: [.ownReferral], .departmentHead: [.ownReferral], .voluntary: [.ownReferral]]),
        .reopenReferral: row([.supervisor]),
        .investigate: row(
            [.dispatcher, .supervisor],
            [.station: [.ownTown], .department: [.ownReferral], .departmentHead: [.ownReferral]]),
        // A courtesy is the centre's to ask; the body answers, or the centre for what came on paper.
        .requestInformation: row([.dispatcher, .supervisor]),
        .answerInformation: row(
            [.dispatcher, .supervisor],
            [.department: [.ownReferral], .departmentHead: [.ownReferral], .voluntary: [.ownReferral]]),
        .submitFile: row([.dispatcher, .supervisor], [.station: [.ownTown]]),
        // §4.8: the head of the department whose item it is; the meeting, written down by its office, what is exceptional
        // or was contested; a station what the rule book delegates to its town.
        .decideItem: row(
            [],
            [
                .departmentHead: [.ownItem], .meetingOffice: [.exceptionalItem], .station: [.delegatedItem, .ownTown],
            ]),
        .ruleOnAppeal: row([.dispatcher, .supervisor, .meetingOffice]),
        .notifyDecision: row([.dispatcher, .supervisor], [.station: [.ownTown], .village: [.ownVillage]]),
        .tellApplicant: row([.dispatcher, .supervisor], [.station: [.ownTown], .village: [.ownVillage]]),
        .askExtension: row(
            [.dispatcher], [.station: [.ownTown], .department: [.ownReferral], .departmentHead: [.ownReferral]]),
        .grantExtension: row([.supervisor]),
        .pauseDeadline: row(
            [.dispatcher, .supervisor],
            [
                .department: [.headPost, .ownReferral], .voluntary: [.headPost, .ownReferral],
                .departmentHead: [.ownReferral],
            ]),
        .recordCrossing: row([.supervisor]),
        .remindOwner: row([.dispatcher, .supervisor, .meetingOffice]),
        .readNotices: row([
            .dispatcher, .supervisor, .approver, .meetingOffice, .station, .department, .departmentHead,
        ]),
        .excuseMiss: row([.supervisor, .meetingOffice]),
        .requestMeeting: row(
            [.dispatcher, .supervisor, .meetingOffice],
            [
                .station: [.ownTown], .department: [.ownReferral], .departmentHead: [.ownReferral],
                .voluntary: [.ownReferral],
            ]),
        .runMeeting: row([.supervisor, .meetingOffice]),
        .confirmMinutes: row(
            [.supervisor, .meetingOffice],
            [.department: [.ownReferral], .departmentHead: [.ownReferral], .voluntary: [.ownReferral]]),
        .meetCondition: row([.dispatcher, .supervisor, .meetingOffice]),
        .completeMeetingAction: row(
            [.dispatcher, .supervisor, .meetingOffice],
            [.department: [.ownDepartment], .departmentHead: [.ownDepartment], .voluntary: [.ownDepartment]]),
        .proposeExit: row([.dispatcher, .supervisor]),
        .confirmExit: row([.dispatcher, .supervisor, .approver]),
        .reopenCase: row([.supervisor, .meetingOffice]),
        .voidCase: row([.supervisor]),
        .linkCases: row([.dispatcher, .supervisor]),
        .openFollowUp: row([.supervisor]),
        .reportFollowUp: row(
            [.supervisor], [.department: [.ownReferral], .departmentHead: [.ownReferral], .voluntary: [.ownReferral]]),
        .reviewFollowUp: row([.dispatcher, .supervisor]),
        .requestCorrection: row(
            [.dispatcher, .supervisor],
            [
                .station: [.ownTown], .village: [.ownVillage], .department: [.ownReferral],
                .departmentHead: [.ownReferral],
            ]),
        .ruleOnCorrection: row([.supervisor, .approver]),
        .publishRules: row([.supervisor, .operator]),
        .assignCase: row([.dispatcher, .supervisor], [.station: [.ownTown]]),
        .planLeave: row([.dispatcher, .supervisor], [.departmentHead: [.ownDepartment]]),
        .declareConflict: row([
            .dispatcher, .supervisor, .approver, .meetingOffice, .station, .village, .department, .departmentHead,
            .voluntary, .auditor,
        ]),
        .liftConflict: row([.supervisor]),
        .findPeople: row([.dispatcher, .supervisor, .station, .village]),
        // Any station tells how far a case of any town is; a village point sends people there (`RULINGS.md` §2).
        .askStatus: row([.dispatcher, .supervisor, .station]),
        .readCases: row(
            [.dispatcher, .supervisor, .approver, .auditor],
            [.meetingOffice: [.onAgenda], .station: [.ownTown], .village: [.ownVillage]]),
        .openCase: row(
            [.dispatcher, .supervisor, .approver, .auditor],
            [
                .meetingOffice: [.onAgenda], .station: [.ownTown], .village: [.ownVillage], .department: [.emergency],
                .departmentHead: [.emergency],
            ]),
        .revealRecords: row(
            [.dispatcher, .supervisor, .approver, .auditor],
            [.station: [.ownTown], .village: [.ownVillage], .department: [.emergency], .departmentHead: [.emergency]]),
        .replayCases: row([.dispatcher, .supervisor, .auditor], [.station: [.ownTown]]),
        .readWorklist: row(
            [.dispatcher, .supervisor, .auditor],
            [
                .meetingOffice: [.onAgenda], .department: [.ownDepartment], .departmentHead: [.ownDepartment],
                .voluntary: [.ownDepartment],
            ]),
        .readMeetings: row([.dispatcher, .supervisor, .approver, .meetingOffice, .auditor]),
        .readExtracts: row(
            [.dispatcher, .supervisor, .approver, .meetingOffice, .auditor],
            [.department: [.ownDepartment], .departmentHead: [.ownDepartment], .voluntary: [.ownDepartment]]),
        .readEmergencies: row([.supervisor, .auditor, .operator]),
        .useEmergencyAccess: row([.dispatcher, .supervisor, .department, .departmentHead]),
        .reviewEmergencyAccess: row([], [.operator: [.notHandler]]),
        .readRules: row([
            .dispatcher, .supervisor, .approver, .meetingOffice, .station, .village, .department, .departmentHead,
            .voluntary, .auditor, .operator,
        ]),
    ]

    private static func row(_ everywhere: [Role], _ conditional: [Role: Set<AccessCondition>] = [:])
        -> [Role: AccessRule]
    {
        var cells = conditional.mapValues { AccessRule.allowed(if: $0) }
        for role in everywhere { cells[role] = .allowed(if: []) }
        return cells
    }
}
