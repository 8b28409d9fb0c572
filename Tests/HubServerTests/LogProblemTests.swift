import CaseDesk
import EventSourcing
import Testing

@testable import HubAPI

/// What the log could not do is told with the status that says what to do about it.
@Suite struct LogProblemTests {
    @Test(arguments: [
        (EventLogError.Code.busy, 503, 1), (.expired, 503, 1), (.unavailable, 503, 30), (.full, 507, 0),
        (.conflict, 409, 0), (.otherBody, 422, 0), (.invalidAppend, 422, 0),
    ]) func `a failure of the log has its status, and a time to come back where that helps`(
        code: EventLogError.Code, status: Int, retryAfter: Int
    ) {
        let problem = ProblemDetails(DeskError(EventLogError(code)))
        #expect("\(problem.status)".hasPrefix("\(status)"))
        #expect((problem.retryAfterSeconds ?? 0) == retryAfter)
        #expect(problem.remedy?.isEmpty == false && !problem.chinese.isEmpty && !problem.english.isEmpty)
    }
}
