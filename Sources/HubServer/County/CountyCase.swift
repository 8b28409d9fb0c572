import EventSourcing
import RuleBook

/// What the county knows of one of its cases: enough to go on, read from the receipts of its commands.
final class CountyCase {
    /// One thing asked for.
    struct Item {
        let code: PolicyItemCode
        /// The task that serves it.
        let task: DispatchTask
        var id = ""
        var path = Path.refer
        var isDecided = false
    }

    enum Path: String {
        case refer, jointMeeting, handleHere, advanceRelief
    }

    /// What happens to few cases, of which every county has some.
    enum Turn: CaseIterable {
        /// Urgent help before the application, with advance relief.
        case emergency
        /// Accepted although a paper is missing.
        case provisional
        /// Relief granted before the papers, regularised by the decision or paid back.
        case advanceRelief
        /// A refusal that is appealed against with success.
        case appeal
        /// Reopened, as the one called afterwards says that it did not help.
        case reopening
        /// Handed to the hub of another place, which hands it back.
        case toOtherHub
        /// Handed to us by the hub of another place.
        case fromOtherHub
        /// A record found to be wrong.
        case correction
        /// Entered in error.
        case void
    }

    /// One referral or offer of the case.
    struct Referral {
        let id: String
        let task: DispatchTask
        /// Which items it serves.
        let items: [Int]
        let lead: DepartmentCode
        let coHandlers: [DepartmentCode]
        var hasReturned = false
        var isReworked = false
        var isHeld = false
        var reports = 0
        var hasFailed = false
        var isOver = false
    }

    let number: Int
    let household: Int
    let channel: String
    let isAsked: Bool
    /// Whether it keeps its promises; the others dawdle at every step.
    let dawdles: Bool
    let turn: Turn?
    /// Whether the turn has been taken.
    var hasTurned = false
    var request: String?
    var id = ""
    var items: [Item]
    var referrals: [Referral] = []
    var meeting: String?
    /// Resolutions by the item they are about.
    var resolutions: [Int: String] = [:]
    var other: String?
    var followUps: [String] = []
    var isTelling = false
    var hasExited = false
    var isRefused = false

    init(
        number: Int, household: Int, channel: String, isAsked: Bool, dawdles: Bool, turn: Turn? = nil, items: [Item]
    ) {
        self.number = number
        self.household = household
        self.channel = channel
        self.isAsked = isAsked
        self.dawdles = dawdles
        self.turn = turn
        self.items = items
    }

    var subject: String { "case/\(id)" }
}
