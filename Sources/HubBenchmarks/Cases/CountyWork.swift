import EventSourcing
import FoundationEssentials

/// Referrals of a served county that are being handled, and the reports their departments send.
struct CountyWork {
    /// One referral with the department that leads it.
    struct Target {
        let referral: String
        let department: String
        let token: String
    }

    private struct Worklist: Decodable {
        struct Row: Decodable {
            let referral: String
            let caseNumber: String
            let role: String
            let state: String
        }

        let rows: [Row]
    }

    private(set) var targets: [Target] = []
    private var chance: SeededChance
    private let county: ServedCounty

    /// Looks for referrals under way, one a case.
    init(_ county: ServedCounty, most: Int, seed: UInt64) throws(BenchFailure) {
        self.county = county
        chance = SeededChance(seed: seed, stream: 0xb0b)
        let load = try HTTPLoad(port: county.port, connections: 1)
        var cases: Set<String> = []
        for department in county.departments {
            let token = county.token("department-\(department)")
            let answer = try load.ask(
                county.request("GET", "/v1/departments/\(department)/worklist?limit=200", token: token))
            guard answer.status == 200 else { continue }
            guard let list = try? JSONDecoder().decode(Worklist.self, from: answer.body) else {
                throw .served("worklist", "its answer cannot be read")
            }
            for row in list.rows where row.role == "lead" && row.state == "inProgress" {
                guard cases.insert(row.caseNumber).inserted, targets.count < most else { continue }
                targets.append(Target(referral: row.referral, department: department, token: token))
            }
        }
        guard !targets.isEmpty else { throw .served("worklist", "no referral is under way") }
    }

    /// A report on the target of a number; each differs from the one before, so each is an event.
    mutating func report(_ number: Int, of target: Target) -> Data {
        let stages = ["contactMade", "visited", "documentsAsked", "underReview", "awaitingThirdParty"]
        let body = #"{"open":{"nextPromise":"2027-12-01","stage":"\#(stages[number % stages.count])"}}"#
        let id = UniqueID(versionSevenAt: BenchClock().now(), random: (chance.next(), chance.next()))
        return county.request(
            "POST", "/v1/commands/ReportProgress/referral/\(target.referral)", token: target.token, id: id, body: body)
    }
}
