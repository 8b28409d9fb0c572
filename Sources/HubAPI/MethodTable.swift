package import HTTPTypes

/// One address with one method, as the router knows it: `GET /v1/cases/{case}`.
package struct Route: Hashable, Sendable {
    package let method: HTTPRequest.Method
    /// Path with parameters in braces.
    package let path: String

    package init(_ method: HTTPRequest.Method, _ path: String) {
        self.method = method
        self.path = path
    }
}

extension Route: CustomStringConvertible {
    package var description: String { "\(method.rawValue) \(path)" }
}

/// Which methods an address has: the router answers 404 to a wrong method, where HTTP wants 405 and `Allow`.
struct MethodTable: Sendable {
    private let entries: [(pattern: [Substring], methods: [HTTPRequest.Method])]

    init(_ routes: [Route]) {
        let byPath = Dictionary(grouping: routes, by: \.path)
        entries = byPath.map { path, routes in
            let methods = Set(routes.map(\.method))
            return (path.split(separator: "/"), Array(methods.contains(.get) ? methods.union([.head]) : methods))
        }
    }

    /// The methods of an address; empty when there is no such address.
    ///
    /// - Complexity: O(*n*) in the routes; asked only when a request has failed.
    func methods(of path: String) -> [HTTPRequest.Method] {
        let segments = path.split(separator: "/")
        var found: Set<HTTPRequest.Method> = []
        for entry in entries where matches(entry.pattern, segments) { found.formUnion(entry.methods) }
        return found.sorted { $0.rawValue < $1.rawValue }
    }

    private func matches(_ pattern: [Substring], _ segments: [Substring]) -> Bool {
        pattern.count == segments.count && zip(pattern, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
