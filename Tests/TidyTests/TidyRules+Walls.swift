/// The walls between targets: who may import what, and what pure targets keep out.
extension TidyRules {
    /// Modules only some targets may see.
    static let walls: [String: Set<String>] = [
        "GRDB": ["SQLiteEventLog", "KeyStore", "SQLiteViews", "DepartmentStore"],
        "CZeroMQ": ["ZeroMQTransport"],
        "ZeroMQTransport": ["DepartmentFeed", "DepartmentKit"],
        "Hummingbird": ["HubAPI", "HubConsole", "HubServer"],
        "HummingbirdCore": ["HubAPI", "HubConsole", "HubServer"],
        "Mustache": ["HubConsole"],
        "Yams": ["HubServer"],
        "ArgumentParser": ["onedoor"],
    ]

    /// Stores, which never see each other and which no edge sees.
    static let stores: Set<String> = ["SQLiteEventLog", "KeyStore", "SQLiteViews", "DepartmentStore"]
    static let edges: Set<String> = ["HubAPI", "HubConsole", "DepartmentFeed", "DepartmentKit"]

    /// No input or output, no clock, no chance: what makes a replay exact.
    static let pureTargets: Set<String> = [
        "EventSourcing", "WorkingCalendar", "MerkleLog", "Deadlines", "Registry", "RuleBook", "Casework", "CaseViews",
        "FeedProtocol",
    ]

    static func imports(in file: SourceText) -> [Finding] {
        guard let target = file.target else { return [] }
        return file.imports.compactMap { module, line in
            if let allowed = walls[module], !allowed.contains(target) {
                return Finding(path: file.path, line: line, what: "\(target) imports \(module)")
            }
            if stores.contains(module), module != target, stores.contains(target) || edges.contains(target) {
                return Finding(path: file.path, line: line, what: "\(target) imports the store \(module)")
            }
            return nil
        }
    }

    /// Our own modules a file imports although the manifest does not say so.
    static func undeclaredImports(in file: SourceText, graph: PackageGraph) -> [Finding] {
        guard let name = file.target, let target = graph.target(name) else { return [] }
        return file.imports.compactMap { module, line in
            guard graph.target(module) != nil, !target.uses.contains(module) else { return nil }
            return Finding(path: file.path, line: line, what: "\(name) imports \(module) without declaring it")
        }
    }

    static func impurities(in file: SourceText) -> [Finding] {
        guard let target = file.target, pureTargets.contains(target) else { return [] }
        let modules: Set<String> = [
            "Foundation", "Logging", "Dispatch", "Glibc", "NIOCore", "NIOPosix", "GRDB", "Synchronization",
        ]
        var findings = file.imports.filter { modules.contains($0.module) }.map {
            Finding(path: file.path, line: $0.line, what: "\(target) is pure and imports \($0.module)")
        }
        let banned = [
            "Date()", "Date.now", "UUID()", ".random(", ".randomElement(", ".shuffled(", "SystemRandomNumberGenerator",
            "ContinuousClock.now", "ContinuousClock()", "SuspendingClock", "FileManager", "ProcessInfo", "getenv(",
            "print(", "clock_gettime",
        ]
        for (index, line) in file.code.enumerated() {
            for word in banned where line.contains(word) && !line.contains("using: &") {
                findings.append(Finding(path: file.path, line: index + 1, what: "\(target) is pure and uses \(word)"))
            }
        }
        return findings
    }
}
