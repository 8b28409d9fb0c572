package import EventSourcing
package import RuleBook

/// Records that somebody opens personal data, before the desk shows them; never sent by itself.
///
/// One event a request with the list of references, and none where the same account opened the same within 15 minutes
/// (`RULINGS.md` §5).
package struct RevealRecords: HubCommand {
    package static let name = "RevealRecords"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .person]
    package static let action = Action.revealRecords

    package var people: [PersonReference]
    package var groups: [FieldGroup]
    package var purpose: ReadingPurpose
    package var attachment: UniqueID?

    package init(
        people: [PersonReference], groups: [FieldGroup], purpose: ReadingPurpose, attachment: UniqueID? = nil
    ) {
        self.people = people
        self.groups = groups
        self.purpose = purpose
        self.attachment = attachment
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        context.caseID == nil ? context.subjectBoundary : context.caseBoundary
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try context.requireTime(notBefore: nil)
        guard !groups.isEmpty, !people.isEmpty, !groups.contains(.signedCommand) else {
            throw DeskRefusal.nothingToRead.told
        }
        guard people.count <= 12 else { throw DeskRefusal.tooManyPeople.told }
        let caseFile: CaseID?
        if case .person(let person) = context.subject {
            guard boundary.registration(of: person) != nil else { throw DeskRefusal.unknownPerson.told }
            guard people == [person] else { throw DeskRefusal.notOfTheCase.told }
            caseFile = nil
        } else {
            let (file, opened, _) = try boundary.deskCase(context)
            guard boundary.people(of: opened.caseFile).isSuperset(of: people) else {
                throw DeskRefusal.notOfTheCase.told
            }
            if let attachment, file.keeping.attachments[attachment] == nil { throw DeskRefusal.notOfTheCase.told }
            caseFile = opened.caseFile
        }
        let read = DeskEvent.RecordsRead(
            caseFile: caseFile, people: people.sorted(), groups: Array(Set(groups)).sorted(), purpose: purpose,
            attachment: attachment)
        guard !boundary.covers(read, context) else { return [] }
        let tags = Set(people.map(EventTag.person)).union(caseFile.map { [.caseFile($0)] } ?? [])
        return [Decided(.recordsRead(read), tags: tags)]
    }
}

extension Boundary {
    /// A quarter of an hour, in which the same opening counts as one.
    private static let oneReading: Int64 = 15 * 60 * 1000

    /// Whether the same account has just opened all of it.
    func covers(_ read: DeskEvent.RecordsRead, _ context: CommandContext) -> Bool {
        entries.contains { entry in
            guard case .casework(.desk(.recordsRead(let before))) = entry.event,
                entry.metadata.actor.account == context.actor.account,
                context.now.milliseconds - entry.recorded.recordedAt.milliseconds < Self.oneReading
            else { return false }
            return before.caseFile == read.caseFile && before.purpose == read.purpose
                && before.attachment == read.attachment && Set(before.people).isSuperset(of: read.people)
                && Set(before.groups).isSuperset(of: read.groups)
        }
    }
}
