// swift-tools-version: 6.2
import PackageDescription

/// Settings that every Swift target of this package shares.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func library(_ name: String, dependsOn dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func root(_ product: String) -> Target.Dependency { .product(name: product, package: "swift-emotion") }

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
/// Its locks, not Synchronization's: ThreadSanitizer sees that a mutex of the system is held, not that a futex is.
let nioLocks = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")

let package = Package(
    name: "swift-emotion-server",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "emotion-server", targets: ["EmotionServer"])],
    dependencies: [
        .package(name: "swift-emotion", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.2", traits: []),
    ],
    targets: [
        library("TaskHandOver", dependsOn: [nioLocks]),
        library("SessionStore", dependsOn: [grdb, nioLocks]),
        .systemLibrary(
            name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        library("PostgreSQLSessionStore", dependsOn: ["SessionStore", "TaskHandOver", "CPostgreSQL", nioLocks]),
        library(
            "InferenceQueue",
            dependsOn: ["TaskHandOver", root("EmotionDetection"), root("ImageCodecs"), nioLocks]),
        library(
            "VoiceQueue",
            dependsOn: [
                "TaskHandOver", root("VoiceAnalysis"), root("VoiceEmotion"), nioLocks,
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        library("ReplyJSON", dependsOn: ["InferenceQueue", root("EmotionDetection"), root("InterviewAnalysis")]),
        library(
            "PracticeSessions",
            dependsOn: [
                "SessionStore", "InferenceQueue", "ReplyJSON", root("EmotionDetection"), root("InterviewAnalysis"),
                nioLocks,
            ]),
        library("PrometheusMetrics", dependsOn: [coreMetrics, nioLocks]),
        library(
            "ServiceRoutes",
            dependsOn: [
                "PracticeSessions", "InferenceQueue", "ReplyJSON", "SessionStore", "PrometheusMetrics", "TaskHandOver",
                "VoiceQueue", root("EmotionDetection"), root("ImageCodecs"), root("InterviewAnalysis"),
                root("TextAnalysis"), root("VoiceAnalysis"), root("VoiceEmotion"),
                hummingbird,
                logging, metrics, nioCore, nioHTTP1, nioHTTPTypes, nioLocks,
            ]),
        .executableTarget(
            name: "EmotionServer",
            dependencies: [
                "ServiceRoutes", "PracticeSessions", "InferenceQueue", "ReplyJSON", "SessionStore",
                "PostgreSQLSessionStore", "PrometheusMetrics", "TaskHandOver", "VoiceQueue", root("EmotionDetection"),
                root("ImageCodecs"), root("SentenceEmbedding"),
                hummingbird, hummingbirdCore, logging, metrics,
                lifecycle, unixSignals,
                nioCore,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Public", "openapi.json"], swiftSettings: strict),
        .testTarget(
            name: "ServiceUnitTests",
            dependencies: [
                "ServiceRoutes", "PracticeSessions", "InferenceQueue", "PrometheusMetrics", "ReplyJSON", "SessionStore",
                "VoiceQueue", coreMetrics, root("EmotionDetection"), root("ImageCodecs"), root("TextAnalysis"),
            ],
            swiftSettings: strict),
        // They run the built service. It is no dependency, since their compilation would wait for it; `swift test` builds it
        // nevertheless.
        .testTarget(
            name: "EmotionServerTests",
            dependencies: [
                grdb, root("EmotionDetection"), root("ImageCodecs"), root("InterviewAnalysis"),
            ],
            swiftSettings: strict),
    ]
)
