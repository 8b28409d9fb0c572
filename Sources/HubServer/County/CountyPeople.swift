import EventSourcing
import WorkingCalendar

/// One household of the synthetic county; names and numbers are invented, the numbers of a region that does not exist.
struct CountyHousehold {
    /// One member as the registration knows them.
    struct Member {
        var reference: PersonReference?
        let name: String
        let idNumber: String
        let isFemale: Bool
        let phone: String?

        var sex: JSONValue { .string(isFemale ? "female" : "male") }
    }

    let town: Int
    let village: Int
    var members: [Member]
    /// Which members these are; the first is the head.
    let spouse: Int?
    let child: Int?
    var id: String?
    /// Of its last case.
    var caseNumber: String?
}

/// Makes households one after the other from a seed.
struct CountyPeople {
    private var chance: SeededChance
    private var serial = 0

    private static let surnames = Array("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余")
    private static let given = Array(
        "秀英桂兰玉梅建国志强丽华春生小红文斌海燕永福金凤德明雪芳长根彩云国庆爱珍卫东美玲正荣素琴宝山翠萍立新巧云")

    init(seed: UInt64) {
        chance = SeededChance(seed: seed, stream: 0x9e0)
    }

    mutating func household(towns: Int) -> CountyHousehold {
        let surname = Self.surnames[chance.below(Self.surnames.count)]
        let town = chance.below(towns)
        let village = chance.below(17)
        var members = [member(surname, born: 1945...1995, hasPhone: true)]
        var spouse: Int?
        var child: Int?
        if chance.below(100) < 55 {
            spouse = members.count
            members.append(
                member(Self.surnames[chance.below(Self.surnames.count)], born: 1948...1996, hasPhone: false))
        }
        if chance.below(100) < 40 {
            child = members.count
            members.append(member(surname, born: 2009...2019, hasPhone: false))
        }
        return CountyHousehold(town: town, village: village, members: members, spouse: spouse, child: child)
    }

    private mutating func member(_ surname: Character, born: ClosedRange<Int>, hasPhone: Bool)
        -> CountyHousehold.Member
    {
        serial += 1
        let first = Self.given[chance.below(Self.given.count)]
        let second = chance.below(100) < 75 ? String(Self.given[chance.below(Self.given.count)]) : ""
        let year = born.lowerBound + chance.below(born.count)
        let isFemale = chance.below(2) == 0
        return CountyHousehold.Member(
            reference: nil, name: "\(surname)\(first)\(second)",
            idNumber: Self.number(
                serial: serial, year: year, month: 1 + chance.below(12), day: 1 + chance.below(28), isFemale: isFemale),
            isFemale: isFemale, phone: hasPhone ? "1990\(Self.digits(serial, 7))" : nil)
    }

    /// A number with a right check character; regions 999xxx are given to nobody.
    private static func number(serial: Int, year: Int, month: Int, day: Int, isFemale: Bool) -> String {
        // 500 numbers a day of birth, sex and region: the region goes on where they end.
        let region = 999_000 + (serial / 500) % 1000
        let order = 2 * (serial % 500) + (isFemale ? 0 : 1)
        let body = "\(region)\(year)\(digits(month, 2))\(digits(day, 2))\(digits(order, 3))"
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - UInt8(ascii: "0")) * $1.1 }
        let check = (12 - sum % 11) % 11
        return body + (check == 10 ? "X" : String(check))
    }

    static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
