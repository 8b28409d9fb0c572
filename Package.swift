// swift-tools-version:6.2
// One line a target says what it is for; a target uses only targets on lower lines (Tests/TidyTests holds that).

import PackageDescription

let package = Package(
    name: "OneDoor",
    products: [.executable(name: "onedoor", targets: ["onedoor"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // 8: command line, no rules
        .executableTarget(
            name: "onedoor", dependencies: ["HubServer", "HubBenchmarks", .argumentParser, .lifecycle, .log]),

        // 7: composition root; measurements
        .target(
            name: "HubServer",
            dependencies: [
                "HubAPI", "HubConsole", "DepartmentFeed", "DepartmentKit", "CaseDesk", "SQLiteViews", "DepartmentStore",
                "CaseViews", "Casework", "RuleBook", "Registry", "Deadlines", "FeedProtocol", "SQLiteEventLog",
                "KeyStore",
                "EventSourcing", "WorkingCalendar", "MerkleLog", "CSupport",
                .asyncHTTPClient, .crypto, .hummingbird, .lifecycle, .log, .nioCore, .nioConcurrency, .nioHTTP1,
                .nioPosix, .unixSignals, .yams,
            ]),

        .target(
            name: "HubBenchmarks",
            dependencies: [
                "SQLiteViews", "CaseViews", "Casework", "RuleBook", "Deadlines", "SQLiteEventLog", "EventSourcing",
                "WorkingCalendar", "MerkleLog", "CLogPeer", "CSupport",
            ],
            resources: [.embedInCode("Drivers")]),

        // 6: edges
        .target(
            name: "HubAPI",
            dependencies: [
                "CaseDesk", "CaseViews", "Casework", "RuleBook", "Registry", "Deadlines", "EventSourcing",
                "WorkingCalendar", .crypto, .httpTypes, .hummingbird, .log, .nioCore,
            ]),
        .target(
            name: "HubConsole",
            dependencies: [
                "CaseDesk", "CaseViews", "Casework", "RuleBook", "Registry", "Deadlines", "EventSourcing",
                "WorkingCalendar", .httpTypes, .hummingbird, .mustache, .log, .nioCore, .nioConcurrency,
            ],
            resources: [.embedInCode("Templates"), .embedInCode("Assets")]),
        .target(
            name: "DepartmentFeed",
            dependencies: [
                "FeedProtocol", "ZeroMQTransport", "EventSourcing", "MerkleLog", "CSupport", .crypto, .log,
                .nioConcurrency,
            ]),
        .target(
            name: "DepartmentKit",
            dependencies: [
                "FeedProtocol", "ZeroMQTransport", "EventSourcing", "MerkleLog", "CSupport", .crypto, .log,
                .lifecycle, .nioCore, .nioPosix,
                .nioConcurrency,
            ]),

        // 5: application; view store; the adapter's own store
        .target(
            name: "CaseDesk",
            dependencies: [
                "CaseViews", "Casework", "RuleBook", "Registry", "Deadlines", "FeedProtocol", "EventSourcing",
                "WorkingCalendar", "MerkleLog", .crypto, .log, .lifecycle, .nioConcurrency,
            ]),
        .target(
            name: "SQLiteViews",
            dependencies: [
                "CaseViews", "Casework", "RuleBook", "Registry", "Deadlines", "EventSourcing", "WorkingCalendar", .grdb,
                .nioConcurrency,
            ]),
        .target(
            name: "DepartmentStore",
            dependencies: ["FeedProtocol", "EventSourcing", "WorkingCalendar", "MerkleLog", "CSupport", .grdb]),

        // 4: read models, no storage
        .target(
            name: "CaseViews",
            dependencies: [
                "Casework", "RuleBook", "Registry", "Deadlines", "FeedProtocol", "EventSourcing", "WorkingCalendar",
            ]),

        // 3: case, referral, meeting, visit, follow-up
        .target(
            name: "Casework",
            dependencies: ["RuleBook", "Registry", "Deadlines", "EventSourcing", "WorkingCalendar"]),

        // 2: policy items, departments, posts, disclosure, rules
        .target(name: "RuleBook", dependencies: ["Registry", "Deadlines", "EventSourcing", "WorkingCalendar"]),

        // 1: persons; deadlines; feed wire; stores; libzmq as Swift
        .target(name: "Registry", dependencies: ["EventSourcing", "WorkingCalendar"]),
        .target(name: "Deadlines", dependencies: ["EventSourcing", "WorkingCalendar"]),
        .target(name: "FeedProtocol", dependencies: ["EventSourcing", "MerkleLog", .crypto]),
        .target(
            name: "SQLiteEventLog",
            dependencies: [
                "EventSourcing", "MerkleLog", "CSupport", .grdb, .grdbSQLite, .log, .nioConcurrency,
            ]),
        .target(
            name: "KeyStore",
            dependencies: ["EventSourcing", "CSupport", .crypto, .grdb, .log, .nioConcurrency]),
        .target(name: "ZeroMQTransport", dependencies: ["CZeroMQ", "CSupport", .log, .nioConcurrency]),

        // 0: vocabulary; dates; proofs; C
        .target(name: "EventSourcing"),
        .target(name: "WorkingCalendar"),
        .target(name: "MerkleLog", dependencies: [.crypto]),
        .systemLibrary(name: "CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
        .target(name: "CSupport"),
        .target(name: "CLogPeer", linkerSettings: [.linkedLibrary("sqlite3")]),

        // Tests
        .target(
            name: "HubTesting",
            dependencies: ["EventSourcing", "WorkingCalendar", "MerkleLog", .crypto, .nioConcurrency],
            path: "Tests/HubTesting"),
        .target(
            name: "ViewTesting",
            dependencies: [
                "CaseViews", "Casework", "RuleBook", "Registry", "Deadlines", "EventSourcing", "WorkingCalendar",
                "HubTesting", .yams,
            ],
            path: "Tests/ViewTesting"),
        .testTarget(name: "EventSourcingTests", dependencies: ["EventSourcing", "HubTesting"]),
        .testTarget(name: "WorkingCalendarTests", dependencies: ["WorkingCalendar", "HubTesting"]),
        .testTarget(
            name: "DeadlinesTests", dependencies: ["Deadlines", "EventSourcing", "WorkingCalendar", "HubTesting"],
            resources: [.copy("Data")]),
        .testTarget(
            name: "MerkleLogTests", dependencies: ["MerkleLog", "EventSourcing", "HubTesting", .crypto],
            exclude: ["check_log.py", "check_vectors.py"],
            resources: [.copy("Vectors")]),
        // A file system for SQLite that fails on demand and records what was synced; for tests only.
        .target(name: "CFaultVFS", path: "Tests/CFaultVFS", linkerSettings: [.linkedLibrary("sqlite3")]),
        .testTarget(
            name: "SQLiteEventLogTests",
            dependencies: [
                "SQLiteEventLog", "EventSourcing", "MerkleLog", "CSupport", "CFaultVFS", "HubTesting", .crypto, .grdb,
                .nioConcurrency,
            ],
            resources: [.copy("Logs")]),
        .testTarget(
            name: "KeyStoreTests",
            dependencies: ["KeyStore", "EventSourcing", "HubTesting", .crypto, .grdb]),
        .testTarget(
            name: "RegistryTests", dependencies: ["Registry", "EventSourcing", "WorkingCalendar", "HubTesting"]),
        .testTarget(
            name: "RuleBookTests",
            dependencies: ["RuleBook", "Registry", "Deadlines", "EventSourcing", "WorkingCalendar", "HubTesting"],
            resources: [.copy("Data")]),
        .testTarget(
            name: "CaseworkTests",
            dependencies: [
                "Casework", "RuleBook", "Registry", "Deadlines", "EventSourcing", "WorkingCalendar", "HubTesting",
            ]),
        .testTarget(
            name: "CaseViewsTests",
            dependencies: [
                "CaseViews", "Casework", "RuleBook", "Registry", "Deadlines", "FeedProtocol", "EventSourcing",
                "WorkingCalendar", "HubTesting", "ViewTesting",
            ],
            exclude: ["check_certificate.py"]),
        .testTarget(
            name: "SQLiteViewsTests",
            dependencies: [
                "SQLiteViews", "CaseViews", "Casework", "RuleBook", "Registry", "Deadlines", "EventSourcing",
                "WorkingCalendar", "HubTesting", "ViewTesting", .grdb,
            ]),
        .testTarget(
            name: "FeedProtocolTests",
            dependencies: ["FeedProtocol", "EventSourcing", "MerkleLog", "HubTesting", .crypto],
            resources: [.copy("Vectors")]),
        .testTarget(name: "ZeroMQTransportTests", dependencies: ["ZeroMQTransport", "CZeroMQ", "HubTesting"]),
        .testTarget(
            name: "DepartmentFeedTests",
            dependencies: [
                "DepartmentFeed", "DepartmentKit", "DepartmentStore", "FeedProtocol", "ZeroMQTransport",
                "EventSourcing",
                "MerkleLog", "HubTesting", .crypto, .log,
            ]),
        .testTarget(
            name: "DepartmentKitTests",
            dependencies: [
                "DepartmentKit", "DepartmentStore", "DepartmentFeed", "FeedProtocol", "ZeroMQTransport",
                "EventSourcing", "MerkleLog", "CSupport", "HubTesting", .crypto, .grdb, .lifecycle, .log,
                .nioConcurrency, .nioCore, .nioPosix,
            ]),
        .testTarget(
            name: "CaseDeskTests",
            dependencies: [
                "CaseDesk", "CaseViews", "Casework", "RuleBook", "Registry", "Deadlines", "FeedProtocol",
                "EventSourcing", "WorkingCalendar", "MerkleLog", "HubTesting", .crypto, .log, .nioConcurrency,
            ]),
        .testTarget(
            name: "HubServerTests",
            dependencies: [
                "HubServer", "DepartmentFeed", "HubAPI", "HubConsole", "CaseDesk", "CaseViews", "Casework", "RuleBook",
                "Registry",
                "Deadlines", "SQLiteEventLog", "SQLiteViews", "KeyStore", "FeedProtocol", "EventSourcing",
                "WorkingCalendar", "HubTesting", .grdb, .httpTypes, .hummingbird, .lifecycle, .log, .nioConcurrency,
                .nioCore,
            ]),
        .testTarget(
            name: "HubBenchmarksTests",
            dependencies: [
                "HubBenchmarks", "Casework", "SQLiteEventLog", "EventSourcing", "HubTesting",
            ]),
        .testTarget(
            name: "HubEndToEndTests",
            dependencies: ["EventSourcing", "HubServer", "SQLiteEventLog", "HubTesting", "onedoor", .grdb],
            exclude: ["random_clocks.py"]),
        .testTarget(name: "TidyTests"),
    ]
)

extension Target.Dependency {
    static var argumentParser: Self { .product(name: "ArgumentParser", package: "swift-argument-parser") }
    static var asyncHTTPClient: Self { .product(name: "AsyncHTTPClient", package: "async-http-client") }
    static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
    static var grdb: Self { .product(name: "GRDB", package: "GRDB.swift") }
    /// The C functions of SQLite that GRDB was built with, for the one hook GRDB does not offer.
    static var grdbSQLite: Self { .product(name: "GRDBSQLite", package: "GRDB.swift") }
    static var httpTypes: Self { .product(name: "HTTPTypes", package: "swift-http-types") }
    static var hummingbird: Self { .product(name: "Hummingbird", package: "hummingbird") }
    static var lifecycle: Self { .product(name: "ServiceLifecycle", package: "swift-service-lifecycle") }
    static var log: Self { .product(name: "Logging", package: "swift-log") }
    static var mustache: Self { .product(name: "Mustache", package: "swift-mustache") }
    static var nioConcurrency: Self { .product(name: "NIOConcurrencyHelpers", package: "swift-nio") }
    static var nioCore: Self { .product(name: "NIOCore", package: "swift-nio") }
    static var nioHTTP1: Self { .product(name: "NIOHTTP1", package: "swift-nio") }
    static var nioPosix: Self { .product(name: "NIOPosix", package: "swift-nio") }
    static var unixSignals: Self { .product(name: "UnixSignals", package: "swift-service-lifecycle") }
    static var yams: Self { .product(name: "Yams", package: "Yams") }
}

for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .treatAllWarnings(as: .error),
        ]
}
