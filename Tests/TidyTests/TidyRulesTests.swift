import Testing

/// Every rule must be able to fail: each is shown text that breaks it, and text that only looks so.
@Suite struct TidyRulesTests {
    private func file(_ text: String, at path: String = "Sources/Deadlines/File.swift") -> SourceText {
        SourceText(path: path, text: text)
    }

    @Test func `comments and texts are no code`() {
        let text = #"""
            let a = "try! \(name) // no" // fatalError(
            /* Task { /* nested */ Task.sleep */ let b = #"x!"y"#
            let c = """
                fatalError("!)
                """
            func `rule with ! and {`() {}
            """#
        #expect(TidyRules.calls(in: file(text)).isEmpty)
        #expect(file(text).code.count == file(text).lines.count)
        #expect(file(text).code[1].contains("let b ="))
    }

    @Test(arguments: [
        "let a = try! f()", "let a = b!", "f()!.g()", "a[0]!", "let a: Int!", "x as! Int", "fatalError(\"x\")",
        "Task { await f() }", "Task.detached { }", "Thread.sleep(forTimeInterval: 1)",
        "try await Task.sleep(for: .seconds(1))", "let t = \"\\(a)\"; Task { }",
    ])
    func `a banned call is found`(line: String) {
        #expect(TidyRules.calls(in: file("\n" + line)).first?.line == 2)
    }

    @Test(arguments: [
        "if !a, b != c { }", "let a = (!b)", "f(!a)", "preconditionFailure()", "MyTask { }", "myfatalError(x)",
        "a ? !b : c",
        "withTaskGroup { }",
    ])
    func `what only looks like a banned call is not`(line: String) {
        #expect(TidyRules.calls(in: file(line)).isEmpty)
    }

    @Test func `a long file and a long function are found at their ends`() {
        let body = Array(repeating: "    let a = 1", count: 69).joined(separator: "\n")
        #expect(TidyRules.functionLengths(in: file("func f() {\n\(body)\n}")).map(\.what) == ["f has 71 lines"])
        let shorter = Array(repeating: "    let a = 1", count: 68).joined(separator: "\n")
        #expect(TidyRules.functionLengths(in: file("func f() {\n\(shorter)\n}")).isEmpty)
        #expect(TidyRules.functionLengths(in: file("struct A {\ninit?(\n  a: Int\n) {\n\(body)\n}\n}")).count == 1)
        #expect(TidyRules.length(of: file(String(repeating: "\n", count: 401))).count == 1)
        #expect(TidyRules.length(of: file(String(repeating: "\n", count: 400))).isEmpty)
    }

    @Test func `a requirement without a body has no length`() {
        let text = "protocol P {\n  func f()\n  func g(a: Int) throws\n    -> Int\n  init(a: Int)\n}\nfunc h() {\n}\n"
        #expect(Declarations(of: file(text)).functions.map(\.lines) == [0, 0, 0, 2])
    }

    @Test(arguments: ["FeedManager", "DateUtils", "TestHelper"])
    func `a banned name is found in types and files`(name: String) {
        #expect(TidyRules.names(in: file("enum \(name) {}")).count == 1)
        #expect(TidyRules.names(in: file("", at: "Sources/Deadlines/\(name).swift")).count == 1)
        #expect(TidyRules.names(in: file("let a = \(name)()")).isEmpty)
    }

    @Test func `unchecked sendability needs its proof within three lines`() {
        let bare = "final class A: @unchecked Sendable {}"
        #expect(TidyRules.unprovedSendability(in: file(bare)).count == 1)
        #expect(TidyRules.unprovedSendability(in: file("// Proof: set once before use.\n" + bare)).isEmpty)
        #expect(TidyRules.unprovedSendability(in: file("// Proof: a\n\n\n\n" + bare)).count == 1)
        #expect(TidyRules.unprovedSendability(in: file("let proof = 1 // sure\n" + bare)).count == 1)
    }

    @Test(arguments: [
        ("Casework", "import GRDB"), ("DepartmentFeed", "internal import CZeroMQ"),
        ("HubServer", "package import ZeroMQTransport"), ("CaseDesk", "import Hummingbird"),
        ("KeyStore", "import SQLiteEventLog"), ("HubAPI", "@testable import SQLiteViews"), ("onedoor", "import Yams"),
        ("DepartmentKit", "import DepartmentStore"), ("HubAPI", "import struct GRDB.Row"),
    ])
    func `an import through a wall is found`(target: String, line: String) {
        #expect(TidyRules.imports(in: file(line, at: "Sources/\(target)/File.swift")).count == 1)
    }

    @Test func `a sleep needs its reason, and a place that may wait`() {
        let bare = "try? await ContinuousClock().sleep(for: pause)"
        let reasoned = "// Sleeps: back-off.\n" + bare
        let serving = "Sources/HubServer/File.swift"
        #expect(TidyRules.sleeps(in: file(reasoned, at: serving)).isEmpty)
        #expect(TidyRules.sleeps(in: file(bare, at: serving)).map(\.line) == [1])
        #expect(TidyRules.sleeps(in: file(reasoned)).map(\.line) == [2])
        #expect(TidyRules.sleeps(in: file(reasoned, at: "Tests/HubServerTests/File.swift")).map(\.line) == [2])
        #expect(TidyRules.sleeps(in: file("// Sleeps: and then .sleep(", at: serving)).isEmpty)
    }

    @Test func `an import on the right side of a wall is not`() {
        #expect(TidyRules.imports(in: file("import GRDB", at: "Sources/KeyStore/File.swift")).isEmpty)
        #expect(TidyRules.imports(in: file("import GRDB", at: "Tests/KeyStoreTests/File.swift")).isEmpty)
        #expect(TidyRules.imports(in: file("// import GRDB", at: "Sources/Casework/File.swift")).isEmpty)
    }

    @Test(arguments: [
        "import Foundation", "package import Logging", "let a = Date()", "UUID()", "Int.random(in: 0...1)", "print(a)",
        "FileManager.default",
    ])
    func `an impurity is found in a pure target and not elsewhere`(line: String) {
        #expect(TidyRules.impurities(in: file(line)).count == 1)
        #expect(TidyRules.impurities(in: file(line, at: "Sources/CaseDesk/File.swift")).isEmpty)
    }

    @Test func `the essentials are no impurity`() {
        #expect(TidyRules.impurities(in: file("package import FoundationEssentials\nlet a = blueprint(b)")).count <= 1)
        #expect(TidyRules.impurities(in: file("import FoundationEssentials")).isEmpty)
    }

    @Test(arguments: [
        "package struct A {}", "package enum A {", "package protocol P {", "package typealias A = Int",
        "package static func f() {}", "    package mutating func f() {}", "package init(a: Int) {\n  b = a + 1\n}",
        "package final class A {}", "/// Doc.\n\npackage struct A {}", "// no doc\npackage func f()",
    ])
    func `a missing doc comment is found`(text: String) {
        #expect(TidyRules.missingDocs(in: file(text)).count == 1)
    }

    @Test(arguments: [
        "/// Doc.\npackage struct A {}", "/// Doc.\n@discardableResult\npackage func f() {}", "package let a: Int",
        "package var a: Int { 1 }", "struct A {}", "package init(a: Int) {\n  self.a = a\n}",
        "package static let a = A()", "package init(from decoder: any Decoder) throws {", "package import RuleBook",
        "package static func < (a: A, b: A) -> Bool {", "package private(set) var a = 1",
    ])
    func `what needs no doc comment is left alone`(text: String) {
        #expect(TidyRules.missingDocs(in: file(text)).isEmpty)
    }

    @Test func `a witness is documented at its requirement`() {
        let port = file("package protocol Port {\n  /// Doc.\n  func put(_ a: Int) throws\n}\nfunc other(_ a: Int)")
        let requirements = TidyRules.requirements(in: [port])
        let text =
            "package func put(_ b: Int) {}\n\npackage func put(all b: Int) {}\n\npackage func other(_ a: Int) {}\n\n"
            + "package func put(\n  _ b: Int\n) {}"
        #expect(TidyRules.missingDocs(in: file(text), requirements: requirements).map(\.line) == [3, 5])
    }

    @Test func `one comment speaks for the one-liners directly under it`() {
        let lines = "package typealias A = Int\npackage typealias B = Int\n\npackage typealias C = Int"
        #expect(TidyRules.missingDocs(in: file("/// Doc.\n" + lines)).map(\.line) == [5])
        #expect(TidyRules.missingDocs(in: file(lines)).map(\.line) == [1, 2, 4])
        #expect(TidyRules.missingDocs(in: file("/// Doc.\npackage struct A {\npackage struct B {}")).map(\.line) == [3])
    }

    @Test(arguments: ["ZMQ_HEARTBEAT_IVL", "ZMQ_XPUB_NODROP", "ZMQ_CONFLATE", "ZMQ_ROUTER_HANDOVER", "ZMQ_XPUB_MANUAL"])
    func `a forbidden socket option is found in code and not in a comment`(option: String) {
        #expect(TidyRules.socketOptions(in: file("set(\(option), 1)")).count == 1)
        #expect(TidyRules.socketOptions(in: file("// never \(option)")).isEmpty)
        #expect(TidyRules.socketOptions(in: file("set(ZMQ_ROUTER_MANDATORY, 1)")).isEmpty)
    }

    @Test func `a tool is found in any line and any case`() {
        let name = ["CL", "AUDE"].joined()
        #expect(TidyRules.toolNames(in: file("// written with \(name)", at: "README.md")).count == 1)
        #expect(TidyRules.toolNames(in: file("a cursor, a clause", at: "README.md")).isEmpty)
    }

    // MARK: The manifest

    private static let manifest = """
        // 2: upper
        .target(name: "Upper", dependencies: ["Lower", .grdb]),
        // 1: middle
        .target(
            name: "Side",
            dependencies: [
                "Upper", "Lower",
            ],
            resources: [.copy("Data")]),
        // 0: lower
        .target(name: "Lower"),
        .systemLibrary(name: "CThing", providers: [.apt(["x"])]),
        // Tests
        .testTarget(name: "LowerTests", dependencies: ["Lower"]),
        """

    @Test func `the manifest is read with levels and uses`() {
        let graph = PackageGraph(manifest: Self.manifest)
        #expect(graph.targets.map(\.name) == ["Upper", "Side", "Lower", "CThing", "LowerTests"])
        #expect(graph.targets.map(\.level) == [2, 1, 0, 0, nil])
        #expect(graph.target("Upper")?.uses == ["Lower", ".grdb"])
    }

    @Test func `a use upwards is found`() {
        #expect(PackageGraph(manifest: Self.manifest).upwardUses == ["Side uses Upper"])
        let level = Self.manifest.replacing("\"Upper\", \"Lower\"", with: "\"Side\", \"Lower\"")
        #expect(PackageGraph(manifest: level).upwardUses == ["Side uses Side"])
    }

    @Test func `an import the manifest does not declare is found`() {
        let graph = PackageGraph(manifest: Self.manifest)
        let lower = file("import Upper\nimport Foundation", at: "Sources/Lower/File.swift")
        #expect(TidyRules.undeclaredImports(in: lower, graph: graph).map(\.line) == [1])
        let upper = file("import Lower", at: "Sources/Upper/File.swift")
        #expect(TidyRules.undeclaredImports(in: upper, graph: graph).isEmpty)
    }
}
