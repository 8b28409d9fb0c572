import Casework
import EventSourcing
import RuleBook
import WorkingCalendar

/// A record of which the case row shows a value, so that a correction of the record can be shown there.
///
/// The record itself stays as it was written, in the log, the timeline and every replay before the correction.
struct ShownRecord: Codable, Hashable, Sendable {
    let event: UniqueID
    let field: CorrectedField
    /// The item, referral, follow-up, meeting or resolution; nothing where it is the case.
    let subject: UniqueID?
    /// What the row shows of it now.
    var value: String

    /// Everything of an event that the row shows and a correction may change.
    static func all(in read: ReadEvent) -> [ShownRecord] {
        CorrectedField.fields(of: read.recorded.type).compactMap { field in
            let value: String? =
                switch read.data[field.property] {
                case .string(let text): text
                case .bool(let truth): "\(truth)"
                case .null, .integer, .array, .object, nil: nil
                }
            guard let value else { return nil }
            return ShownRecord(
                event: read.recorded.eventID, field: field,
                subject: field.subject.flatMap { read.data[$0]?.text }.flatMap { UniqueID($0) }, value: value)
        }
    }
}

extension CorrectedField {
    /// The property that says of which thing it is; nothing where it is the case.
    fileprivate var subject: String? {
        switch self {
        case .openedTown, .openedHousehold, .openedConcernsMinor, .applicant, .locationProtected, .exitResult, .outcome,
            .duplicateOf, .assignedTo, .handedTo:
            nil
        case .itemPolicy, .itemPerson, .itemConcernsMinor, .path, .decision: "item"
        case .dispatchedTown, .dispatchedTask, .dispatchedItem, .handlingPost, .acceptedPromise, .assignedPost,
            .assignedPromise, .madePromise, .promisedAct, .progressPromise, .resumedPromise, .heldFor, .reviewOn,
            .completion, .failure, .termination:
            "referral"
        case .followUpKind, .followUpDepartment, .followUpStage, .followUpOutcome: "followUp"
        case .convenedFor, .postponedTo, .agendaMeetsAt: "meeting"
        case .condition: "resolution"
        }
    }
}

/// Puts what is right in the place of what was written, where that still stands.
///
/// A later decision, cycle or result is nobody's correction and stays; a value the field cannot hold changes nothing.
private func correct<Value: LosslessStringConvertible>(_ shown: inout Value, _ old: String, _ new: String) {
    if shown.description == old, let value = Value(new) { shown = value }
}

private func correct<Value: LosslessStringConvertible>(_ shown: inout Value?, _ old: String, _ new: String) {
    if shown?.description == old, let value = Value(new) { shown = value }
}

private func correct<Word: RawRepresentable<String>>(_ shown: inout Word, _ old: String, _ new: String) {
    if shown.rawValue == old, let value = Word(rawValue: new) { shown = value }
}

private func correct<Word: RawRepresentable<String>>(_ shown: inout Word?, _ old: String, _ new: String) {
    if shown?.rawValue == old, let value = Word(rawValue: new) { shown = value }
}

extension CaseRow {
    /// Shows what a record should have said, where the row still shows what it said.
    mutating func show(_ value: String, insteadOf record: ShownRecord) {
        let old = record.value
        switch record.field {
        case .openedTown: correct(&town, old, value)
        case .openedHousehold: correct(&household, old, value)
        case .openedConcernsMinor: if value == "true" { concernsMinor = true }
        case .applicant: correct(&applicant, old, value)
        case .exitResult: correct(&exitResult, old, value)
        case .outcome: correct(&outcome, old, value)
        case .duplicateOf: correct(&duplicateOf, old, value)
        case .assignedTo, .handedTo: correctPost(old, value)
        case .itemPolicy, .itemPerson, .itemConcernsMinor, .path, .decision: showOfItem(value, insteadOf: record)
        case .dispatchedTown, .dispatchedTask, .dispatchedItem, .handlingPost, .acceptedPromise, .assignedPost,
            .assignedPromise, .madePromise, .promisedAct, .progressPromise, .resumedPromise, .heldFor, .reviewOn,
            .completion, .failure, .termination:
            showOfReferral(value, insteadOf: record)
        case .followUpKind, .followUpDepartment, .followUpStage, .followUpOutcome:
            showOfFollowUp(value, insteadOf: record)
        case .convenedFor, .postponedTo, .agendaMeetsAt, .condition: showOfMeeting(value, insteadOf: record)
        // The row does not show it; decisions follow it.
        case .locationProtected: break
        }
    }

    /// A minor is concerned as long as one record says so.
    mutating func recallMinor(_ records: [ShownRecord]) {
        let isSaid = records.contains { record in
            (record.field == .openedConcernsMinor || record.field == .itemConcernsMinor) && record.value == "true"
        }
        concernsMinor = isSaid ? true : nil
    }

    private mutating func correctPost(_ old: String, _ value: String) {
        guard let before = post, before.description == old, let right = PostCode(value) else { return }
        keepers.removeAll { $0 == .post(before) }
        post = right
        keepers.appendOnce(.post(right))
    }

    private mutating func showOfItem(_ value: String, insteadOf record: ShownRecord) {
        guard let id = record.subject.map(ItemID.init) else { return }
        let old = record.value
        changeItem(id) { item in
            if record.field == .itemPolicy { correct(&item.policyItem, old, value) }
            if record.field == .itemPerson { correct(&item.person, old, value) }
            if record.field == .itemConcernsMinor { item.concernsMinor = value == "true" ? true : nil }
            if record.field == .path { correct(&item.path, old, value) }
            if record.field == .decision { correct(&item.outcome, old, value) }
        }
    }

    private mutating func showOfReferral(_ value: String, insteadOf record: ShownRecord) {
        guard let index = referrals.firstIndex(where: { $0.id.unique == record.subject }) else { return }
        referrals[index].show(value, insteadOf: record)
    }

    private mutating func showOfFollowUp(_ value: String, insteadOf record: ShownRecord) {
        guard let index = followUps.firstIndex(where: { $0.id.unique == record.subject }) else { return }
        let old = record.value
        if record.field == .followUpKind { correct(&followUps[index].kind, old, value) }
        if record.field == .followUpDepartment { correct(&followUps[index].department, old, value) }
        if record.field == .followUpStage { correct(&followUps[index].stage, old, value) }
        if record.field == .followUpOutcome { correct(&followUps[index].outcome, old, value) }
    }

    private mutating func showOfMeeting(_ value: String, insteadOf record: ShownRecord) {
        for index in meetings.indices {
            if record.field != .condition, meetings[index].id.unique == record.subject {
                correct(&meetings[index].meetsAt, record.value, value)
            }
            for place in meetings[index].resolutions.indices
            where record.field == .condition && meetings[index].resolutions[place].id.unique == record.subject {
                correct(&meetings[index].resolutions[place].condition, record.value, value)
            }
        }
    }
}

extension ReferralRow {
    fileprivate mutating func show(_ value: String, insteadOf record: ShownRecord) {
        let old = record.value
        switch record.field {
        case .dispatchedTown: correct(&town, old, value)
        case .dispatchedTask: correct(&task, old, value)
        case .dispatchedItem: correct(&item, old, value)
        case .handlingPost, .assignedPost: correct(&handlingPost, old, value)
        case .acceptedPromise, .assignedPromise, .madePromise, .progressPromise, .resumedPromise:
            for index in promises.indices { correct(&promises[index].due, old, value) }
        case .promisedAct:
            for index in promises.indices { correct(&promises[index].what, old, value) }
        case .heldFor: correct(&heldFor, old, value)
        case .reviewOn:
            for index in promises.indices where promises[index].what == .review {
                correct(&promises[index].due, old, value)
            }
            correct(&reviewOn, old, value)
        case .completion: correct(&outcome, old, value)
        case .failure, .termination: correct(&failure, old, value)
        case .openedTown, .openedHousehold, .openedConcernsMinor, .applicant, .locationProtected, .exitResult, .outcome,
            .duplicateOf, .assignedTo, .handedTo, .itemPolicy, .itemPerson, .itemConcernsMinor, .path, .decision,
            .followUpKind, .followUpDepartment, .followUpStage, .followUpOutcome, .convenedFor, .postponedTo,
            .agendaMeetsAt, .condition:
            break
        }
    }
}
