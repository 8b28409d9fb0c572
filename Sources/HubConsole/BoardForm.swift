import CaseDesk
import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

/// The form a board is filtered with; it is submitted, and its answers stand in the address.
struct BoardForm {
    let asked: BoardFilter
    let book: RuleBook
    let language: Language

    var fields: Fields {
        [
            "departments": departments, "towns": towns, "rules": rules, "items": items, "states": states,
            "pauses": pauses,
            "promises": choice(asked.isPromise, .promise, .noPromise),
            "firmness": choice(asked.isProvisional, .provisional, .firm),
            "dueFrom": asked.dueFrom?.description ?? "", "dueThrough": asked.dueThrough?.description ?? "",
            "villages": villages, "levels": levels(asked.level), "levelsFrom": levels(asked.levelFrom), "sorts": sorts,
            "kept": kept,
        ]
    }

    /// What the form has no field for is carried along unseen, so that nothing asked for is lost.
    private var kept: [Fields] {
        let shown: Set<BoardParameter> = [
            .state, .department, .town, .rule, .item, .paused, .promise, .provisional, .dueFrom, .dueThrough,
            .village, .level, .levelFrom, .sort,
        ]
        return asked.parameters.filter { name, _ in BoardParameter(rawValue: name).map { !shown.contains($0) } ?? false
        }
        .map { ["name": $0.name, "value": $0.value] }
    }

    private var departments: [Fields] {
        [option("centre", Phrase.centre.text(in: language), isChosen: asked.owner == .centre)]
            + book.departments.map { department in
                option(
                    department.code.description, department.name.text(in: language),
                    isChosen: asked.owner == .department(department.code))
            }
    }

    private var towns: [Fields] {
        [option("none", Phrase.noTown.text(in: language), isChosen: asked.isWithoutTown)]
            + book.towns.map { town in
                option(town.code.description, town.name.text(in: language), isChosen: asked.town == town.code)
            }
    }

    /// The villages of the town asked for: of all towns there would be hundreds.
    private var villages: [Fields] {
        guard let code = asked.town ?? asked.village?.town, let town = book.town(code) else { return [] }
        return town.villages.map { village in
            let name = VillageOfTown(town: code, village: village.code)
            return option(name.description, village.name.text(in: language), isChosen: asked.village == name)
        }
    }

    private func levels(_ chosen: LadderLevel?) -> [Fields] {
        LadderLevel.allCases.map { level in
            option("\(level.rawValue)", level.label.text(in: language), isChosen: chosen == level)
        }
    }

    private var sorts: [Fields] {
        BoardSort.allCases.map { sort in
            let phrase: Phrase =
                switch sort {
                case .attention: .attention
                case .due: .due
                case .started: .started
                case .department: .department
                case .town: .town
                case .rule: .deadline
                }
            return option(sort.rawValue, phrase.text(in: language), isChosen: asked.sort == sort)
        }
    }

    private var rules: [Fields] {
        book.deadlineRules.map { rule in
            option(rule.id.description, rule.name.text(in: language), isChosen: asked.rule == rule.id)
        }
    }

    private var items: [Fields] {
        book.policyItems.map { item in
            option(item.code.description, item.name.text(in: language), isChosen: asked.policyItem == item.code)
        }
    }

    private var states: [Fields] {
        DeadlineState.allCases.map { state in
            option(state.rawValue, state.label.text(in: language), isChosen: asked.states == [state])
        }
    }

    private var pauses: [Fields] {
        DeadlineRule.PauseReason.allCases.map { reason in
            option(reason.rawValue, reason.label.text(in: language), isChosen: asked.pausedFor == reason)
        }
    }

    private func choice(_ asked: Bool?, _ yes: Phrase, _ no: Phrase) -> [Fields] {
        [
            option("true", yes.text(in: language), isChosen: asked == true),
            option("false", no.text(in: language), isChosen: asked == false),
        ]
    }

    private func option(_ code: String, _ name: String, isChosen: Bool) -> Fields {
        ["code": code, "name": name, "isChosen": isChosen]
    }
}
