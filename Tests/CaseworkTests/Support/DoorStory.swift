import Casework
import EventSourcing
import RuleBook
import Testing

/// One case at the door: a man who applies at a village point, with items of two departments.
struct DoorStory {
    var hub = TestHub()
    let man: PersonReference = Fixture.id(21)
    let wife: PersonReference = Fixture.id(22)
    let child: PersonReference = Fixture.id(23)
    private(set) var caseID: CaseID = Fixture.id(0)
    private(set) var living: ItemID = Fixture.id(0)
    private(set) var education: ItemID = Fixture.id(0)
    private(set) var relief: ItemID = Fixture.id(0)

    static let day = "2023-08-15"
    static let village = TestHub.Sender(account: Fixture.id(6), role: .village)
    static let caller = TestHub.Sender(account: Fixture.id(7), role: .station)
    static let other = TestHub.Sender(account: Fixture.id(8), role: .supervisor)
    static let head = TestHub.Sender.head

    var file: CaseFile { hub.boundary().caseFile(caseID) }
    var theCase: Subject { .caseFile(caseID) }

    static func submitted(_ change: (inout SubmitApplication) -> Void = { _ in }) throws -> DoorStory {
        var story = DoorStory()
        for person in [story.man, story.wife] { try story.hub.register(person, groups: [.identity]) }
        try story.hub.register(story.child, minor: true, groups: [.identity])
        var body = SubmitApplication(
            applicant: story.man, channel: .villagePoint, town: Fixture.town,
            items: [
                .init(policyItem: Fixture.item("living.allowance")),
                .init(policyItem: Fixture.item("education.grant"), person: story.child),
                .init(policyItem: Fixture.item("temporary.relief")),
            ])
        change(&body)
        story.hub.checksRepeats = false
        let opened = try story.hub.send(body, as: village, at: Fixture.morning(day))
        story.hub.checksRepeats = true
        story.caseID = DanyangStory.tag(opened, .caseFile)
        let items = opened.filter { $0.type == "ApplicationItemAdded" }.map { event -> ItemID in
            DanyangStory.tag([event], .item)
        }
        if items.count == 3 { (story.living, story.education, story.relief) = (items[0], items[1], items[2]) }
        return story
    }

    @discardableResult
    mutating func send(
        _ command: some HubCommand, as sender: TestHub.Sender? = nil, _ day: String = day,
        sealed: [(FieldGroup, PersonReference)] = [], isRepeatable: Bool = true
    ) throws(CommandRefusal) -> [RecordedEvent] {
        try hub.send(
            command, to: theCase, as: sender, at: Fixture.morning(day), sealed: sealed, isRepeatable: isRepeatable)
    }

    /// The refusal of a command that changes nothing.
    mutating func refusal(
        of command: some HubCommand, as sender: TestHub.Sender? = nil, _ day: String = day,
        sealed: [(FieldGroup, PersonReference)] = []
    ) -> CommandRefusal? {
        do throws(CommandRefusal) {
            try hub.send(command, to: theCase, as: sender, at: Fixture.morning(day), sealed: sealed)
            return nil
        } catch {
            return error
        }
    }

    /// Every item triaged to the centre, decided, notified, the reply told, and the exit: by different people.
    mutating func exit(_ day: String = "2023-08-21", result: DecisionResult = .granted) throws {
        for item in file.itemOrder where file.items[item]?.stage.isTerminal == false {
            try send(CompleteTriage(items: [.init(item: item, path: .handleHere)]), day)
            try send(DecideItem(item: item, result: result, clause: "办法"), day)
            try send(NotifyDecision(item: item, means: .inPerson), day)
        }
        try send(TellApplicant(means: .inPerson), day)
        try send(ProposeExit(result: .helped), day)
        try send(ExitCase(), as: .approver, day)
    }
}
