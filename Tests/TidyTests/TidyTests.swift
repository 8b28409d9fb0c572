import Testing

/// The rules of the house, held against the tree.
@Suite struct TidyTests {
    /// Fails with one line for each finding, so that they can be mended one by one.
    private func expectNone(_ findings: [Finding]) {
        let left = Allowed.removed(from: findings)
        #expect(left.isEmpty, "\(left.count) findings:\n\(left.map(\.description).joined(separator: "\n"))")
    }

    @Test func `the tree is found and read`() {
        #expect(SourceTree.sources.count > 100)
        #expect(SourceTree.sources.contains { $0.path == "Sources/EventSourcing/Instant.swift" })
        #expect(SourceTree.everything.contains { $0.path == "deploy/rulebook/deadlines.yaml" })
        #expect(SourceTree.headers.contains { $0.path == "Sources/CZeroMQ/shim.h" })
    }

    @Test func `targets stand on the levels of the design`() throws {
        let graph = PackageGraph(manifest: try SourceTree.text("Package.swift"))
        let levels = Dictionary(grouping: graph.targets.filter { $0.level != nil }) { $0.level ?? -1 }
            .mapValues { Set($0.map(\.name)) }
        #expect(
            levels == [
                8: ["onedoor"], 7: ["HubServer", "HubBenchmarks"],
                6: ["HubAPI", "HubConsole", "DepartmentFeed", "DepartmentKit"],
                5: ["CaseDesk", "SQLiteViews", "DepartmentStore"], 4: ["CaseViews"], 3: ["Casework"], 2: ["RuleBook"],
                1: ["Registry", "Deadlines", "FeedProtocol", "SQLiteEventLog", "KeyStore", "ZeroMQTransport"],
                0: ["EventSourcing", "WorkingCalendar", "MerkleLog", "CZeroMQ", "CSupport", "CLogPeer"],
            ])
    }

    @Test func `a target uses only targets on lower levels`() throws {
        #expect(PackageGraph(manifest: try SourceTree.text("Package.swift")).upwardUses == [])
    }

    @Test func `a file imports only what its target declares`() throws {
        let graph = PackageGraph(manifest: try SourceTree.text("Package.swift"))
        expectNone(SourceTree.sources.flatMap { TidyRules.undeclaredImports(in: $0, graph: graph) })
    }

    @Test func `libraries and stores stay behind their walls`() {
        expectNone(SourceTree.sources.flatMap(TidyRules.imports))
    }

    @Test func `pure targets have no clock, chance, files or log`() {
        expectNone(SourceTree.sources.flatMap(TidyRules.impurities))
    }

    @Test func `no file is longer than 400 lines`() {
        expectNone(SourceTree.swift.flatMap(TidyRules.length))
    }

    @Test func `no function is longer than 70 lines`() {
        expectNone(SourceTree.swift.flatMap(TidyRules.functionLengths))
    }

    @Test func `no name says helper, manager or utility`() {
        expectNone(SourceTree.swift.flatMap(TidyRules.names))
    }

    @Test func `nothing is forced, detached or slept through`() {
        expectNone(SourceTree.swift.flatMap(TidyRules.calls))
        expectNone(SourceTree.swift.flatMap(TidyRules.sleeps))
    }

    @Test func `what is unchecked has its proof beside it`() {
        expectNone(SourceTree.swift.flatMap(TidyRules.unprovedSendability))
    }

    @Test func `what other targets use is documented`() {
        let requirements = TidyRules.requirements(in: SourceTree.sources)
        expectNone(SourceTree.sources.flatMap { TidyRules.missingDocs(in: $0, requirements: requirements) })
    }

    @Test func `socket options that bite are not used`() {
        expectNone((SourceTree.sources + SourceTree.headers).flatMap(TidyRules.socketOptions))
    }

    @Test func `no tool is named`() {
        expectNone(SourceTree.everything.flatMap(TidyRules.toolNames))
    }

    @Test func `nothing is excused without an entry in the list`() {
        #expect(Allowed.findings.isEmpty)
    }
}
