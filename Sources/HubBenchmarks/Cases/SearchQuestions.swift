import EventSourcing
import FoundationEssentials

/// What a counter looks for.
enum SearchKind: String, CaseIterable, Sendable {
    case idNumber, name, phone, number

    var chinese: String {
        switch self {
        case .idNumber: "身份证号"
        case .name: "姓名"
        case .phone: "电话"
        case .number: "案件编号"
        }
    }

    var english: String {
        switch self {
        case .idNumber: "identity number"
        case .name: "name"
        case .phone: "telephone"
        case .number: "case number"
        }
    }
}

/// Questions of one kind about people the county has, so that each is found.
struct SearchQuestions {
    private let county: ServedCounty
    private let kind: SearchKind
    private let token: String
    private var chance: SeededChance
    private let known: [String]

    init(_ county: ServedCounty, _ kind: SearchKind, people: Int, seed: UInt64) {
        self.county = county
        self.kind = kind
        token = county.token("dispatcher")
        chance = SeededChance(seed: seed, stream: 0x5ea)
        let path = "\(county.folder)/people.txt"
        let text = (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
        // One line a person: identity number, name, telephone, case number; a dash where there is none.
        let column = SearchKind.allCases.firstIndex(of: kind) ?? 0
        known = text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.indices.contains(column), fields[column] != "-" else { return nil }
            return String(fields[column])
        }
    }

    mutating func next() -> Data? {
        guard !known.isEmpty else { return nil }
        let body = #"{"\#(kind.rawValue)":"\#(known[chance.below(known.count)])"}"#
        let id = UniqueID(versionSevenAt: BenchClock().now(), random: (chance.next(), chance.next()))
        return county.request("POST", "/v1/find", token: token, id: id, body: body)
    }
}
