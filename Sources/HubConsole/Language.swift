import EventSourcing
import Hummingbird
import WorkingCalendar

/// The two languages of the console; Chinese is the first.
enum Language: String, CaseIterable, Sendable {
    case chinese = "zh"
    case english = "en"

    /// What stands in `lang` attributes.
    var tag: String {
        switch self {
        case .chinese: "zh-Hans"
        case .english: "en"
        }
    }

    var other: Language {
        switch self {
        case .chinese: .english
        case .english: .chinese
        }
    }

    /// The language a request asks for: `?lang=`, else the browser's if that is English and not Chinese at all.
    init(of request: Request) {
        if let asked = request.uri.queryParameters["lang"].flatMap({ Language(rawValue: String($0)) }) {
            self = asked
            return
        }
        let accepted = (request.headers[.acceptLanguage] ?? "").lowercased().split(separator: ",").map { part in
            part.prefix { $0 != ";" }.trimmingPrefix { $0 == " " }
        }
        let wantsChinese = accepted.contains { $0.hasPrefix("zh") }
        self = !wantsChinese && accepted.contains { $0.hasPrefix("en") } ? .english : .chinese
    }

    /// An address of ours that keeps this language; Chinese needs no mark unless the browser asks for English.
    func link(_ path: String, _ query: [(name: String, value: String)] = []) -> String {
        let parameters = (query + [("lang", rawValue)]).map { "\($0.name)=\(PercentCoding.encoded($0.value))" }
        return "\(path)?\(parameters.joined(separator: "&"))"
    }
}

/// Percent-coding for values in addresses.
enum PercentCoding {
    /// Everything but unreserved characters is escaped, so a value can neither end a parameter nor an attribute.
    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0x0f)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads one value of a form or an address, `+` for space; nothing when it is not valid UTF-8 or an escape is cut.
    static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        Character(UnicodeScalar(character)).hexDigitValue.map(UInt8.init)
    }
}
