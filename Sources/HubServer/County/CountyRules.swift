import EventSourcing
import RuleBook

/// The departments a county has beyond those of the default rule book, up to 39; every one an example.
enum CountyRules {
    /// How many departments the county has.
    static let departments = 39

    private static let more: [(code: String, kind: DepartmentKind, chinese: String, english: String)] = [
        ("fagai", .statutory, "发展和改革委员会", "Development and Reform Commission"),
        ("caizheng", .statutory, "财政局", "Finance Bureau"),
        ("tuiyi", .statutory, "退役军人事务局", "Veterans Affairs Bureau"),
        ("shuili", .statutory, "水利局", "Water Bureau"),
        ("jiaotong", .statutory, "交通运输局", "Transport Bureau"),
        ("shangwu", .statutory, "商务局", "Commerce Bureau"),
        ("wenlv", .statutory, "文体广电和旅游局", "Culture and Tourism Bureau"),
        ("shichang", .statutory, "市场监督管理局", "Market Regulation Bureau"),
        ("ziran", .statutory, "自然资源和规划局", "Natural Resources Bureau"),
        ("shenji", .statutory, "审计局", "Audit Office"),
        ("tongji", .statutory, "统计局", "Statistics Bureau"),
        ("shuiwu", .statutory, "税务局", "Tax Service"),
        ("xinfang", .statutory, "信访局", "Complaints Office"),
        ("hongshizi", .massOrganisation, "红十字会", "Red Cross"),
        ("guangdian", .utility, "广电网络公司", "Cable Network Company"),
    ]

    /// Registrations of the departments a rule book lacks.
    static func additions(to codes: Set<String>) -> [RuleBookCommand] {
        more.filter { !codes.contains($0.code) }.prefix(max(0, departments - codes.count)).compactMap { each in
            guard let code = DepartmentCode(each.code), let office = PostCode("\(each.code)/office"),
                let head = PostCode("\(each.code)/head")
            else { return nil }
            return .registerDepartment(
                Department(
                    code: code, kind: each.kind, name: Label("示例市\(each.chinese)", "Example \(each.english)"),
                    posts: [
                        Department.Post(code: office, name: Label("办公室", "Office")),
                        Department.Post(code: head, name: Label("局领导", "Head of bureau"), head: true),
                    ], provenance: .example))
        }
    }
}
