import CaseDesk
import DepartmentKit
import EventSourcing
import FeedProtocol

/// The Danyang case as it is played: each moment, who does what, and how a dispatcher would tell it.
///
/// After `cases/danyang.md`; persons and numbers are invented.
struct DemoStory: Sendable {
    let stage: DemoStage

    /// Names, numbers and notes that must stand in clear in no file, and at the departments only where granted.
    static let woman = "张测甲"
    static let daughter = "张测乙"
    static let husband = "朱测丙"
    static let address = "黄塘镇测试村七组十九号"
    static let illness = "脑积水压迫视神经"
    static let marriage = "丈夫离家八年无音讯"
    static let school = "测试中心小学六年级"

    /// The seven bodies of the story.
    static let departments = ["minzheng", "jiaoyu", "gongan", "fulian", "sifa", "fayuan", "jijinhui"]

    /// Where the story begins.
    static let beginning = "2023-08-14 08:30"

    /// Plays everything, moment by moment.
    ///
    /// - Throws: ``CommandFailure`` of the first step that could not be done.
    func play() async throws(CommandFailure) {
        try await knock()
        try await apply()
        try await convene()
        try await meet()
        try await dispatch()
        try await handle()
        try await goToCourt()
        try await exit()
        try await callBack()
        try await waitForCourt()
    }

    // MARK: Telling

    /// Moves to a moment and says what happens.
    func at(_ text: String, _ chinese: String, _ english: String) async throws(CommandFailure) {
        guard let moment = DemoMoment(text) else { preconditionFailure("the story's moments are dates that exist") }
        try await stage.move(to: moment)
        stage.console.progressDone()
        stage.console.say("\(text)  \(chinese)\n                  \(english)")
    }

    // MARK: Names

    func person(_ name: String) async throws(CommandFailure) -> JSONValue {
        .string("\(try await stage.id(name))")
    }

    func reference(_ name: String) async throws(CommandFailure) -> PersonReference {
        PersonReference(try await stage.id(name))
    }

    func caseFile() async throws(CommandFailure) -> String { "case/\(try await stage.id("case"))" }
    func referral(_ name: String) async throws(CommandFailure) -> String { "referral/\(try await stage.id(name))" }
    func meeting() async throws(CommandFailure) -> String { "meeting/\(try await stage.id("meeting"))" }

    /// Names the newest thing of a kind that a command brought into being.
    func name(_ name: String, _ kind: String, in receipt: CommandReceipt) async throws(CommandFailure) {
        guard let created = receipt.created.last(where: { $0.kind == kind }) else {
            throw CommandFailure(
                .defect, code: "demo.nothingCreated", field: name, chinese: "命令没有产生预期的对象",
                english: "the command brought nothing of the kind into being", remedy: "请报告此错误 / report this")
        }
        await stage.name(name, created.id)
    }
}
