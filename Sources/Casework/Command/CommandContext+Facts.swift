import EventSourcing
import RuleBook
package import WorkingCalendar

extension CommandContext {
    /// The civil day on which it happened.
    package var day: CivilDay { CivilDay(containing: occurredAt.milliseconds) }

    /// Whether the sender acts as supervisor.
    var isSupervisor: Bool { actor.role == Role.supervisor.rawValue }

    /// Whether the sender acts for the centre, not for a department.
    var isCentre: Bool { actor.department == nil }

    /// Whether the acting post heads its department; a department that names no head has not said who may.
    var actsAsHead: Bool {
        if actor.role == Role.departmentHead.rawValue { return true }
        guard let department = actor.department, let registered = rules.department(department),
            registered.posts.contains(where: \.head)
        else { return true }
        guard let post = actingPost ?? actor.post else { return false }
        return registered.post(post)?.head == true
    }

    /// A new identifier; the desk gives at least 64, and the same index always gives the same one.
    func identifier(_ index: Int) -> UniqueID {
        precondition(fresh.indices.contains(index), "the desk gives enough new identifiers")
        return fresh[index]
    }

    /// The number a case opened now would have.
    var proposedCaseNumber: EntityNumber {
        usable(.caseFile(hubCode: numbers.hubCode, year: numbers.year, serial: numbers.caseSerial))
    }

    /// The number a help request recorded now would have.
    var proposedRequestNumber: EntityNumber {
        usable(.helpRequest(hubCode: numbers.hubCode, year: numbers.year, serial: numbers.requestSerial))
    }

    /// The number a meeting convened now would have.
    var proposedMeetingNumber: EntityNumber {
        usable(.meeting(hubCode: numbers.hubCode, year: numbers.year, serial: numbers.meetingSerial))
    }

    private func usable(_ number: EntityNumber?) -> EntityNumber {
        guard let number else {
            preconditionFailure("a hub code of 2 to 6 capitals and a running number always make a number")
        }
        return number
    }

    /// What a command is told whose proposed number was given meanwhile; the desk then proposes the next one.
    package static let numberTaken = CommandRefusal(
        "number.taken", .conflictingRule, "编号已被占用，请重试。", "The proposed number is taken; propose the next one.")

    /// Refuses what is said to have happened in the future or before what it belongs to had begun.
    ///
    /// - Parameter start: When the subject began; nothing where only the future is impossible.
    func requireTime(notBefore start: Instant?) throws(CommandRefusal) {
        guard occurredAt <= now else {
            throw TimeRefusal.inTheFuture.told
        }
        if let start, occurredAt < start {
            throw TimeRefusal.beforeStart.told
        }
    }
}
