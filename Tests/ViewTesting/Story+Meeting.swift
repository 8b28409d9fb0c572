package import Casework
package import EventSourcing

extension Story {
    package mutating func requestMeeting(_ file: CaseInStory, urgent: Bool = false) throws -> MeetingID {
        let meeting: MeetingID = id()
        try record(
            .casework(
                .meeting(
                    .requested(
                        JointMeetingEvent.Requested(
                            meeting: meeting, caseFile: file.id, kind: .jointMeeting, isUrgent: urgent)))))
        return meeting
    }

    /// Calls the meeting and invites these bodies; a court on paper, without a feed entry.
    package mutating func convene(_ file: CaseInStory, _ meeting: MeetingID, _ number: String, bodies: [String]) throws
    {
        let number: EntityNumber = try known(number)
        try record(
            .casework(
                .meeting(
                    .convened(
                        JointMeetingEvent.Convened(
                            meeting: meeting, caseFile: file.id, number: number, kind: .jointMeeting)))))
        for body in bodies {
            let code: DepartmentCode = try known(body)
            let isCourt = body == "fayuan"
            try record(
                .casework(
                    .meeting(
                        .memberInvited(
                            JointMeetingEvent.MemberInvited(
                                meeting: meeting, caseFile: file.id, number: number, department: code,
                                items: file.items, delivery: isCourt ? .paper : .feed)))),
                to: isCourt ? .none : Disclosure([code: [DisclosedGroup(.reference)]]))
        }
    }

    package mutating func resolve(
        _ file: CaseInStory, _ meeting: MeetingID, actions: [ResolutionAction], condition: ResolutionCondition? = nil
    ) throws -> ResolutionID {
        let resolution: ResolutionID = id()
        try record(
            .casework(
                .meeting(
                    .resolutionAdopted(
                        JointMeetingEvent.ResolutionAdopted(
                            meeting: meeting, caseFile: file.id, resolution: resolution, condition: condition,
                            actions: actions)))))
        return resolution
    }

    package func action(_ lead: String, co: [String] = [], offer: Bool = false) throws -> ResolutionAction {
        ResolutionAction(
            task: try known("living.support"), kind: offer ? .offer : .referral, lead: try known(lead),
            coHandlers: try co.map { try known($0) })
    }

    package mutating func hold(_ file: CaseInStory, _ meeting: MeetingID) throws {
        try record(.casework(.meeting(.held(JointMeetingEvent.Held(meeting: meeting, caseFile: file.id)))))
    }

    package mutating func circulate(_ file: CaseInStory, _ meeting: MeetingID, to body: String) throws {
        let code: DepartmentCode = try known(body)
        try record(
            .casework(
                .meeting(
                    .minutesCirculated(
                        JointMeetingEvent.MinutesCirculated(
                            meeting: meeting, caseFile: file.id, department: code, delivery: .feed, actions: [])))),
            to: body == "fayuan" ? .none : Disclosure([code: [DisclosedGroup(.reference)]]))
    }

    package mutating func confirm(_ file: CaseInStory, _ meeting: MeetingID, by body: String) throws {
        try record(
            .casework(
                .meeting(
                    .minutesConfirmed(
                        JointMeetingEvent.MinutesConfirmed(
                            meeting: meeting, caseFile: file.id, department: try known(body), isSilent: false)))))
    }

    package mutating func meetCondition(_ file: CaseInStory, _ meeting: MeetingID, _ resolution: ResolutionID) throws {
        try record(
            .casework(
                .meeting(
                    .conditionMet(
                        JointMeetingEvent.ConditionMet(meeting: meeting, caseFile: file.id, resolution: resolution)))))
    }
}
