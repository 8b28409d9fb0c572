import CaseDesk
import EventSourcing
import FoundationEssentials

/// What a demo's clock socket answers: `{"set":"…Z"}` → `{"now":"…Z"}` or `{"error":…}` (`FORMATS.md` §9).
struct DemoClockDoor: Sendable {
    let clock: DemoClock
    /// What falls due by the new time has happened before the answer goes out, so that a demo is the same each time.
    let due: DueKeeper
    let ladder: LadderKeeper

    private struct Question: Codable {
        let set: Instant
    }

    private struct Answer: Encodable {
        var now: Instant?
        var error: String?
    }

    func answer(_ line: Data) async -> Data {
        let answer: Answer
        do throws(BodyError) {
            let question = try BodyReader.read(Question.self, from: line)
            if let now = clock.set(to: question.set) {
                await due.settle(patience: .seconds(10))
                await ladder.settle(patience: .seconds(10))
                answer = Answer(now: now)
            } else {
                answer = Answer(error: "时钟不倒走 / the clock never goes back; it shows \(clock.now())")
            }
        } catch {
            answer = Answer(error: "\(error.field): \(error.remedy)")
        }
        return (try? EventJSON.encode(answer)) ?? Data("{}".utf8)
    }
}
