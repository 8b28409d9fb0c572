package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Says that a post is away and which other acts for it; sent again for the same first day it replaces what was said.
package struct RecordLeave: HubCommand {
    package static let name = "RecordLeave"
    package static let subjectKind = SubjectKind.none
    package static let action = Action.planLeave

    package var post: PostCode
    package var deputy: PostCode
    package var from: CivilDay
    /// Last day; the day before `from` calls the leave off.
    package var through: CivilDay

    package init(post: PostCode, deputy: PostCode, from: CivilDay, through: CivilDay) {
        self.post = post
        self.deputy = deputy
        self.from = from
        self.through = through
    }

    package func boundary(_ context: CommandContext) -> EventQuery { StaffRegister.boundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try context.requireTime(notBefore: nil)
        if let department = context.actor.department, post.department != department {
            throw DeskRefusal.notTheirPost.told
        }
        guard context.hasPost(post) else { throw DeskRefusal.unknownPost.told }
        guard deputy != post, context.hasPost(deputy) else { throw DeskRefusal.deputyIsThePost.told }
        guard through.number - from.number <= 366, from.number - through.number <= 1 else {
            throw DeskRefusal.leaveTooLong.told
        }
        let staff = boundary.staff
        if from <= through, staff.isAway(deputy, from: from, through: through) { throw DeskRefusal.deputyAway.told }
        let leave = DeskEvent.LeaveRecorded(post: post, deputy: deputy, from: from, through: through)
        guard !staff.knows(leave) else { return [] }
        return [Decided(.leaveRecorded(leave), tags: [.department(post.department)])]
    }
}
