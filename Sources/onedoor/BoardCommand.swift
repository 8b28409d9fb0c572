import ArgumentParser
import HubServer

/// The deadline board in the terminal.
struct BoardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "board", abstract: "时限看板 – the deadline board of a running hub.",
        discussion: """
            颜色之外总有符号和文字;不是终端或设了 NO_COLOR 时不着色
            / a sign and a word stand beside every colour; none without a terminal or with NO_COLOR set
            """)

    @OptionGroup var hub: HubOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var filter: BoardFilterOptions

    @Flag(help: "按部门和镇街计数 – counts by department and town.")
    var counts = false

    @Flag(help: "持续显示,有变化就刷新,Ctrl-C 退出 – stay and redraw on change until Ctrl-C.")
    var watch = false

    @Option(help: ArgumentHelp("--watch 时至少每隔多少秒刷新 – redraw at least every so many seconds.", valueName: "N"))
    var interval = 30

    @Option(help: ArgumentHelp("最多多少行,1 到 500 – at most so many rows.", valueName: "N"))
    var limit = 100

    @Option(help: ArgumentHelp("上一页给出的 next – the next of the page before.", valueName: "KEY"))
    var after: String?

    @Option(help: "zh 或 en – language of the board.")
    var lang: BoardLanguage = .chinese

    @Option(help: "当时所知:那时中心知道的 – the board as the hub knew it at a time or by the end of a day.")
    var asKnownAt: String?

    @Option(help: "当时实情:以今天所知看那时 – the board as it truly was then, from today's knowledge.")
    var asItWasAt: String?

    func validate() throws {
        guard asKnownAt == nil || asItWasAt == nil else {
            throw ValidationError("--as-known-at 与 --as-it-was-at 是两个问题 / are two questions; ask one")
        }
        guard !watch || asKnownAt == nil && asItWasAt == nil else {
            throw ValidationError("过去不会变化,不用 --watch / the past does not change: leave --watch out")
        }
        guard interval >= 1 else { throw ValidationError("--interval 至少为 1 / must be at least 1") }
    }

    func run() async throws {
        var question = BoardReport.Question()
        question.parameters = filter.parameters
        question.isCounts = counts
        question.limit = limit
        question.after = after
        question.language = lang
        if let asKnownAt { question.past = ("asKnownAt", asKnownAt) }
        if let asItWasAt { question.past = ("asItWasAt", asItWasAt) }
        let report = BoardReport(client: try hub.client(), question: question)
        if watch {
            try await report.watch(every: interval, on: output.console)
        } else {
            try await report.print(to: output.console)
        }
    }
}

extension BoardLanguage: ExpressibleByArgument {}

/// What a board is filtered by, the same words as in addresses.
struct BoardFilterOptions: ParsableArguments {
    @Option(help: "只看一个部门,centre 为中心 – one department only, or centre.")
    var department: String?

    @Option(help: "只看一个镇街,none 为无镇街 – one town only, or none.")
    var town: String?

    @Option(help: "状态,逗号分隔 – states: overdue, dueSoon, onTime, paused, met, metLate, cancelled, waiting, free.")
    var state: String?

    @Option(help: "只看一种时限 – one clock only, such as case.exit.")
    var rule: String?

    @Option(help: "只看一个政策事项 – one policy item only.")
    var item: String?

    @Option(help: "只看一个岗位 – one post only, such as jiaoyu/aid.")
    var handler: String?

    @Option(help: "关于什么:case、item、referral 等 – what it is about.")
    var kind: String?

    @Option(help: "申请渠道 – channel of the application, such as online.")
    var channel: String?

    @Option(help: "暂停原因:applicant、expert、court – paused for.")
    var paused: String?

    @Option(help: "到期不早于 – due from this day on.")
    var dueFrom: String?

    @Option(help: "到期不晚于 – due through this day.")
    var dueThrough: String?

    @Option(help: "起算不早于 – started from this day on.")
    var startedFrom: String?

    @Option(help: "起算不晚于 – started through this day.")
    var startedThrough: String?

    @Option(help: "只看一个村,写作 镇街/村 – one village only, TOWN/VILLAGE.")
    var village: String?

    @Option(help: "已到的最高催办级别,1 到 5 – the highest rung crossed, 1 due soon to 5 late by five days.")
    var level: String?

    @Option(help: "已到的催办级别不低于,1 到 5 – crossed this rung or a higher one.")
    var levelFrom: String?

    @Option(help: "暂停超过多少个工作日 – standing still for more than so many working days.")
    var pausedOver: String?

    @Option(
        help: """
            常用看板:today、tomorrow、thisWeek、overdueOver5、pausedOver10、notAccepted、minutesMissing – a saved view.
            """)
    var view: String?

    @Option(
        help:
            "排序:attention(缺省,紧要在先)、due、started、department、town、rule – sorted by; attention, the default, shows what needs somebody first."
    )
    var sort: String?

    @Flag(help: "只看没有告知记录的暂停 – only pauses of which nobody was given notice.")
    var irregular = false

    @Flag(help: "只看补录的(超过两个工作日才录入) – only what was entered more than two working days late.")
    var lateRecord = false

    @Flag(help: "只看我的岗位或部门的 – only those of my post or department.")
    var mine = false

    @Flag(help: "只看紧急的 – urgent ones only.")
    var urgent = false

    @Flag(inversion: .prefixedNo, help: "对外承诺或内部时限 – promises to citizens only, or none of them.")
    var promise: Bool?

    @Flag(inversion: .prefixedNo, help: "日期暂定或确定 – provisional dates only, or none of them.")
    var provisional: Bool?

    /// Those given, as parameters of an address.
    var parameters: [(name: String, value: String)] {
        let given: [(String, String?)] = [
            ("department", department), ("town", town), ("state", state), ("rule", rule), ("item", item),
            ("handler", handler), ("kind", kind), ("channel", channel), ("paused", paused), ("dueFrom", dueFrom),
            ("dueThrough", dueThrough), ("startedFrom", startedFrom), ("startedThrough", startedThrough),
            ("mine", mine ? "true" : nil), ("urgent", urgent ? "true" : nil), ("promise", promise?.description),
            ("provisional", provisional?.description), ("village", village), ("level", level), ("sort", sort),
            ("irregular", irregular ? "true" : nil), ("lateRecord", lateRecord ? "true" : nil),
            ("levelFrom", levelFrom), ("pausedOver", pausedOver), ("view", view),
        ]
        return given.compactMap { name, value in value.map { (name, $0) } }
    }
}
