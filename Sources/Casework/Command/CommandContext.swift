package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Everything a decision may use beside the command's own body and the history it read.
package struct CommandContext: Sendable {
    /// Numbers the desk proposes; the condition on the number's tag makes them unique.
    package struct ProposedNumbers: Hashable, Sendable {
        /// Two to six capitals, `DY`.
        package var hubCode: String
        /// Civil year, 2023.
        package var year: Int
        package var caseSerial: Int
        package var requestSerial: Int
        package var meetingSerial: Int

        package init(hubCode: String, year: Int, caseSerial: Int, requestSerial: Int, meetingSerial: Int) {
            self.hubCode = hubCode
            self.year = year
            self.caseSerial = caseSerial
            self.requestSerial = requestSerial
            self.meetingSerial = meetingSerial
        }
    }

    package var commandID: UniqueID
    /// The hub's civil clock.
    package var now: Instant
    /// When it happened, as the sender says; never after `now`.
    package var occurredAt: Instant
    /// Who acts, with role and department as their token or key says.
    package var actor: EventMetadata.Actor
    package var actingPost: PostCode?
    /// The sender's own file number.
    package var externalReference: String?
    /// `http`, `feed`, `cli` or `system`.
    package var channel: String
    package var subject: Subject
    /// The case the subject belongs to, from the tags of the subject's first event; nothing when it has none.
    package var owningCase: CaseID?
    /// What came sealed with the command, as handles.
    package var sealed: [SealedText]
    /// New identifiers to use from the front, at least 64.
    package var fresh: [UniqueID]
    package var numbers: ProposedNumbers
    package var rules: RuleBook
    package var calendar: WorkingCalendar
    /// The town of a station's or village's account.
    package var town: TownCode?
    /// The post of the sender's account, whatever post the command says acts.
    package var ownPost: PostCode?
    /// Whom the staff may not judge, and who stands in for whom.
    package var staff: StaffRegister

    package init(
        commandID: UniqueID, now: Instant, occurredAt: Instant, actor: EventMetadata.Actor,
        actingPost: PostCode? = nil, externalReference: String? = nil, channel: String, subject: Subject,
        owningCase: CaseID? = nil, sealed: [SealedText] = [], fresh: [UniqueID], numbers: ProposedNumbers,
        rules: RuleBook, calendar: WorkingCalendar, town: TownCode? = nil, ownPost: PostCode? = nil,
        staff: StaffRegister = StaffRegister()
    ) {
        self.commandID = commandID
        self.now = now
        self.occurredAt = occurredAt
        self.actor = actor
        self.actingPost = actingPost
        self.externalReference = externalReference
        self.channel = channel
        self.subject = subject
        self.owningCase = owningCase
        self.sealed = sealed
        self.fresh = fresh
        self.numbers = numbers
        self.rules = rules
        self.calendar = calendar
        self.town = town
        self.ownPost = ownPost
        self.staff = staff
    }
}
