package import EventSourcing
package import RuleBook

/// Records that any station told how far a case of another town is, on an identity card or a number (`RULINGS.md` §2);
/// never sent by itself.
package struct AnswerStatusQuestion: HubCommand {
    package static let name = "AnswerStatusQuestion"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.findPeople

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (_, opened, tags) = try boundary.deskCase(context)
        let read = DeskEvent.RecordsRead(
            caseFile: opened.caseFile, people: [opened.subject], groups: [.reference], purpose: .statusQuestion)
        guard !boundary.covers(read, context) else { return [] }
        return [Decided(.recordsRead(read), tags: tags)]
    }
}
