import CaseDesk
import CaseViews
import EventSourcing
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension HubAPI {
    /// The end of the log: what a witness compares.
    func readLogHead() async throws(ProblemDetails) -> Response {
        let head: LogHead
        do { head = try await desk.log.head() } catch { throw ProblemDetails(DeskError(error)) }
        return try JSONAnswer.response(
            HeadAnswer(
                logID: desk.identity.logID, epoch: desk.identity.epoch, demo: desk.identity.isDemo,
                position: head.position, recordedAt: head.recordedAt, root: Self.hexadecimal(head.root)),
            at: head.position)
    }

    /// Whether work can be done: the log answers and the views run; the two positions show how far behind they are.
    func isReady() async throws(ProblemDetails) -> Response {
        let head: Position
        let views: Position
        do { head = try await desk.log.head().position } catch { throw ProblemDetails(DeskError(error)) }
        do { views = try await desk.views.position() } catch { throw ProblemDetails(error) }
        if await desk.viewRunner.stopped != nil {
            throw ProblemDetails(APIRefusal.viewsStopped, retryAfterSeconds: 30)
        }
        return try JSONAnswer.response(ReadyAnswer(status: "ready", head: head, views: views), at: views)
    }

    private static func hexadecimal(_ bytes: Data) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}

struct HeadAnswer: Codable {
    let logID: UniqueID
    let epoch: UniqueID
    let demo: Bool
    let position: Position
    let recordedAt: Instant
    let root: String
}

struct AliveAnswer: Codable {
    let status: String
}

struct ReadyAnswer: Codable {
    let status: String
    let head: Position
    let views: Position
}
