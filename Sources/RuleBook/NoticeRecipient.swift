package import EventSourcing

/// Whom a notice is for: a post, a body's desk, a town's station or an office of the centre; never a person.
///
/// Written `post:minzheng/desk`, `dept:jiaoyu`, `town:huangtang` or `role:dispatcher`.
package enum NoticeRecipient: Hashable, Comparable, TextCodable {
    /// Whoever holds the post.
    case post(PostCode)
    /// Whoever works at a department, where no post has it yet.
    case department(DepartmentCode)
    /// The station of a town.
    case town(TownCode)
    /// Everybody with this role at the centre.
    case role(Role)

    package static var textForm: String { "a recipient such as post:minzheng/desk, dept:jiaoyu or role:dispatcher" }
    package static var textShape: TextShape {
        let roles = Role.allCases.map(\.rawValue).joined(separator: "|")
        return TextShape(
            pattern: "^(post:[a-z0-9-]{2,24}/[a-z0-9-]{1,32}|dept:[a-z0-9-]{2,24}|town:[a-z0-9-]{1,32}"
                + "|role:(\(roles)))$",
            example: "role:dispatcher")
    }

    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = String(text[text.index(after: colon)...])
        let recipient: Self? =
            switch text[..<colon] {
            case "post": PostCode(name).map(Self.post)
            case "dept": DepartmentCode(name).map(Self.department)
            case "town": TownCode(name).map(Self.town)
            case "role": Role(rawValue: name).map(Self.role)
            default: nil
            }
        guard let recipient else { return nil }
        self = recipient
    }

    package var description: String {
        switch self {
        case .post(let code): "post:\(code)"
        case .department(let code): "dept:\(code)"
        case .town(let code): "town:\(code)"
        case .role(let role): "role:\(role.rawValue)"
        }
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}
