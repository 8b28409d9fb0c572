import CaseDesk
import CaseViews
import Deadlines
import EventSourcing
import RuleBook

/// Department × state and town × state, each number a link to the list it counts.
struct BoardMatrix {
    let counts: BoardCounts
    let book: RuleBook
    let links: BoardLinks

    var fields: Fields {
        [
            "columns": columns.map { state in
                [
                    "css": DeadlineText.style(of: state), "sign": state.sign,
                    "word": state.label.text(in: links.language),
                ]
            },
            "departmentLines": counts.departments.map { line in
                let name = line.code.map { book.department($0)?.name.text(in: links.language) ?? $0.description }
                return fields(name ?? Phrase.centre.text(in: links.language), line.lights) { filter in
                    filter.owner = line.code.map(BoardFilter.Owner.department) ?? .centre
                }
            },
            "townLines": counts.towns.map { line in
                let name = line.code.map { book.town($0)?.name.text(in: links.language) ?? $0.description }
                return fields(name ?? Phrase.noTown.text(in: links.language), line.lights) { filter in
                    filter.town = line.code
                    filter.isWithoutTown = line.code == nil
                }
            },
            "hasCounts": !counts.departments.isEmpty,
        ]
    }

    private var columns: [DeadlineState] {
        let total = counts.total
        return BoardLinks.openStates.filter { $0 != .waiting && $0 != .free || total[$0] > 0 }
    }

    private func fields(_ name: String, _ lights: BoardLights, _ change: (inout BoardFilter) -> Void) -> Fields {
        func number(_ count: Int, _ states: Set<DeadlineState>) -> Fields {
            let link = links.link { filter in
                filter.states = states
                change(&filter)
            }
            return ["count": count, "link": count > 0 ? link : false]
        }
        return [
            "name": name, "cells": columns.map { number(lights[$0], [$0]) } + [number(lights.open, [])],
        ]
    }
}
