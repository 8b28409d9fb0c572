import EventSourcing
import RuleBook
import WorkingCalendar

extension CommandContext {
    /// Whether there is such a post; a department that lists none has not said which it has.
    func hasPost(_ post: PostCode) -> Bool {
        if rules.post(post) != nil { return true }
        guard let department = rules.department(post.department) else { return true }
        return department.posts.isEmpty || department.post(post) != nil
    }

    /// Checks a promise made now by a post.
    func require(_ promise: CasePromise, by post: PostCode) throws(CommandRefusal) {
        guard promise.by == post else { throw DeskRefusal.promiseBySomebodyElse.told }
        guard !promise.isBroken(on: day) else { throw DeskRefusal.promiseInThePast.told }
    }
}

extension Boundary {
    /// The case the command is about, which must have been opened; whether it has exited makes no difference here.
    func deskCase(_ context: CommandContext) throws(CommandRefusal) -> (
        file: CaseFile, opened: CaseFileEvent.Opened, tags: Set<EventTag>
    ) {
        guard let id = context.caseID else { throw DeskRefusal.unknownCase.told }
        let file = caseFile(id)
        guard let opened = file.opened else { throw DeskRefusal.unknownCase.told }
        try context.requireTime(notBefore: first(.caseFile(.opened), tagged: .caseFile(id))?.recorded.occurredAt)
        return (file, opened, [.caseFile(id), .person(opened.subject)])
    }

    /// Everybody the events of a case are about.
    func people(of id: CaseID) -> Set<PersonReference> {
        entries.reduce(into: []) { people, entry in
            let tags = Set(entry.recorded.tags)
            if tags.contains(.caseFile(id)) { people.formUnion(tags.persons) }
        }
    }
}

extension Decided<HubEvent> {
    /// One event of the desk.
    init(
        _ event: DeskEvent, tags: Set<EventTag>, sealed: [SealedText] = []
    ) {
        self.init(.casework(.desk(event)), tags: tags, sealed: sealed)
    }
}
