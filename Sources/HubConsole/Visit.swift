import Hummingbird
import RuleBook

/// One request by a person: in which language, and who it is.
struct Visit: Sendable {
    let request: Request
    let requestID: String
    /// Nothing while not signed in.
    let principal: Principal?

    var language: Language { Language(of: request) }

    /// Whether its address is a page that can be shown in the other language by itself.
    var isPage: Bool {
        let path = request.uri.path
        return path == "/board" || path == "/login" || path == "/notices" || path.hasPrefix("/cases/")
    }

    /// A query parameter; nothing when left out or empty.
    func parameter(_ name: String) -> String? {
        request.uri.queryParameters[name[...]].flatMap { $0.isEmpty ? nil : String($0) }
    }
}
