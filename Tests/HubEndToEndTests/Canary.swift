import Foundation

/// Texts of the story that are sealed, and who was granted which.
enum Canary {
    static let woman = "张测甲"
    static let daughter = "张测乙"
    static let husband = "朱测丙"
    static let address = "黄塘镇测试村七组十九号"
    static let phone = "13900000001"
    static let womanNumber = "32118119860305002X"
    static let daughterNumber = "321181201111200049"
    static let husbandNumber = "32118119841012001X"
    static let illness = "脑积水压迫视神经"
    static let marriage = "丈夫离家八年无音讯"
    static let school = "测试中心小学六年级"
    static let aliases = ["阳光家庭", "小阳光"]

    static let all =
        [
            woman, daughter, husband, address, phone, womanNumber, daughterNumber, husbandNumber, illness, marriage,
            school, "severelyDisabled",
        ] + aliases

    /// What each body may hold in clear, after the dispatch catalogue and the story.
    static let granted: [String: [String]] = [
        "minzheng": [woman, daughter, address, phone, illness, womanNumber, daughterNumber, "severelyDisabled"],
        "jiaoyu": [daughter, daughterNumber, school], "gongan": [woman, husband, marriage, womanNumber, husbandNumber],
        "fulian": [woman, husband, marriage, womanNumber, husbandNumber],
        "sifa": [woman, husband, marriage, address, phone, womanNumber, husbandNumber],
        "jijinhui": [address, phone] + aliases, "fayuan": [],
    ]

    static func found(in folder: String, beyondGrantOf department: String) -> [String] {
        let allowed = granted[department] ?? []
        return found(all.filter { !allowed.contains($0) }, in: folder)
    }

    /// The texts that stand anywhere in the bytes of a folder, write-ahead logs and all.
    static func found(_ texts: [String] = all, in folder: String) -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        var found: [String] = []
        for path in paths.sorted() where !path.hasSuffix(".sock") {
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") else { continue }
            for text in texts where forms(of: text).contains(where: { bytes.firstRange(of: $0) != nil }) {
                found.append("\(text) @ \(path)")
            }
        }
        return found
    }

    static func found(inText said: String) -> [String] {
        let bytes = Data(said.utf8)
        return all.filter { text in forms(of: text).contains { bytes.firstRange(of: $0) != nil } }
    }

    /// A text as it is, as JSON escapes, and as hexadecimal.
    private static func forms(of text: String) -> [Data] {
        let escaped = text.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
        let hexadecimal = text.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
        return [Data(text.utf8), Data(escaped.utf8), Data(hexadecimal.utf8)]
    }
}
