import CaseViews
import EventSourcing
import RuleBook
import WorkingCalendar

/// A past in which everything was as it is, but for one day that is always being made.
struct FixedPast: PastBoardSource {
    static let busyDay = "2023-01-01"

    let views: any ViewStore

    func board(of moment: PastMoment) async throws(ViewStoreError) -> PastBoard {
        let day = CivilDay(containing: moment.instant.milliseconds)
        guard day.description != Self.busyDay else { throw .busy }
        return PastBoard(views: views, rules: RuleBook())
    }
}
