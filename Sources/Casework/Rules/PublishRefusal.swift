/// Why rules are not published together.
package enum PublishRefusal: String, ToldRefusal, CaseIterable {
    case notPublished, tooMany

    package static var concept: String { "rules" }
    package var kind: CommandRefusal.Kind { .invalidField }
    package var field: String { "publications" }

    package var chinese: String {
        switch self {
        case .notPublished: "这一项不能随规则发布，请单独登记。"
        case .tooMany: "一次最多发布 \(PublishRules.most) 条，请分几次。"
        }
    }

    package var english: String {
        switch self {
        case .notPublished: "This is not published with rules; register it on its own."
        case .tooMany: "At most \(PublishRules.most) rules are published together; split them."
        }
    }

    /// How it is told of one of the publications.
    func told(at field: String) -> CommandRefusal {
        let told = told
        return CommandRefusal(told.code, told.kind, field: field, told.chinese, told.english)
    }
}
