import EventSourcing
import FeedProtocol
import Foundation
import Testing
import ZeroMQTransport

/// Serve and the departments of one test, taking turns on one thread.
final class Stage {
    let serve: ServeStub
    private var departments: [DepartmentStub] = []

    init(serve: ServeStub) {
        self.serve = serve
    }

    func department(_ code: DepartmentCode, cursor: AdapterCursor? = nil) throws -> DepartmentStub {
        let department = try DepartmentStub(#require(serve.members[code]), of: serve, cursor: cursor)
        departments.append(department)
        try department.step(.start)
        return department
    }

    func waitForReady() throws {
        try #require(try until { serve.ready != nil })
    }

    /// Lets everybody take turns until `done`; false when 30 s have gone.
    func until(_ done: () throws -> Bool) throws -> Bool {
        let poller = ZeroMQPoller()
        let end = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < end {
            try serve.answerWaiting()
            for department in departments { try department.turn() }
            if try done() { return true }
            _ = try poller.wait([], milliseconds: 2)
        }
        return false
    }
}
