import CaseDesk
import CaseViews
import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

/// The addresses a board leads to: the filter asked for, changed in one thing.
struct BoardLinks {
    let asked: BoardFilter
    let language: Language

    /// The same board with a change, from its first page or after a row.
    func link(after: BoardKey? = nil, _ change: (inout BoardFilter) -> Void = { _ in }) -> String {
        var filter = asked
        change(&filter)
        let place = after.map { [(name: "after", value: $0.description)] } ?? []
        return language.link("/board", filter.parameters + place)
    }

    /// The states a light stands for, those of floors last.
    static let openStates: [DeadlineState] = [.overdue, .dueSoon, .onTime, .paused, .waiting, .free]

    /// One light for each state; floors only where there are any.
    func lights(_ counts: BoardLights) -> [Fields] {
        Self.openStates.filter { $0 != .waiting && $0 != .free || counts[$0] > 0 || asked.states == [$0] }.map {
            state in
            [
                "css": DeadlineText.style(of: state), "sign": state.sign,
                "word": state.label.text(in: language), "link": link { $0.states = [state] },
                "isChosen": asked.states == [state], "count": counts[state],
            ]
        }
    }

    /// The views a dispatcher comes back to (`reference/deadlines.md` §6.2).
    func quickViews(on today: CivilDay, of principal: Principal) -> [Fields] {
        func view(_ phrase: Phrase, _ parameters: [(name: String, value: String)]) -> Fields {
            ["name": phrase.text(in: language), "link": language.link("/board", parameters)]
        }
        func due(_ from: CivilDay, _ through: CivilDay) -> [(name: String, value: String)] {
            [("dueFrom", from.description), ("dueThrough", through.description)]
        }
        let sunday = today.advanced(by: 7 - today.weekday)
        return [
            view(.mine, [("mine", "true")]), view(.dueToday, due(today, today)),
            view(.dueTomorrow, due(today.next, today.next)), view(.dueThisWeek, due(today, sunday)),
            view(.urgent, [("urgent", "true")]), view(.paused, [("state", "paused")]),
            view(.provisionalOnly, [("provisional", "true")]),
            view(.irregularPauses, [("irregular", "true")]), view(.pausedOver10, [("pausedOver", "10")]),
            view(.lateRecords, [("lateRecord", "true")]),
            view(.supervised, [("levelFrom", "3")]), view(.lateByFive, [("levelFrom", "5")]),
            view(.notAccepted, [("rule", "referral.remit")]), view(.minutesMissing, [("rule", "meeting.minutes")]),
        ]
    }
}
