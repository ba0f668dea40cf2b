// swift-tools-version: 6.1
import PackageDescription

/// Settings that every Swift target of this package shares.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "swift-emotion-apps",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "emotion", targets: ["emotion"]), .executable(name: "manual", targets: ["manual"])],
    dependencies: [
        .package(name: "swift-emotion", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
    ],
    targets: [
        .target(name: "FileNames", swiftSettings: strict),
        .target(name: "ConsoleOutput", dependencies: ["FileNames"], swiftSettings: strict),
        .target(
            name: "Evaluation", dependencies: [.product(name: "EmotionDetection", package: "swift-emotion")],
            swiftSettings: strict),
        .target(name: "MediaStreams", dependencies: ["FileNames", "ProcessSignals"], swiftSettings: strict),
        .target(name: "ProcessSignals", dependencies: ["FileNames"], swiftSettings: strict),
        .target(
            name: "ForeignPictures",
            dependencies: [
                "FileNames", "MediaStreams", "ProcessSignals",
                .product(name: "EmotionDetection", package: "swift-emotion"),
                .product(name: "ImageCodecs", package: "swift-emotion"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "emotion",
            dependencies: [
                "ConsoleOutput",
                "Evaluation",
                "FileNames",
                "ForeignPictures",
                "MediaStreams",
                "ProcessSignals",
                .product(name: "EmotionDetection", package: "swift-emotion"),
                .product(name: "FaceMesh", package: "swift-emotion"),
                .product(name: "InterviewAnalysis", package: "swift-emotion"),
                .product(name: "InterviewRecording", package: "swift-emotion"),
                .product(name: "SentenceEmbedding", package: "swift-emotion"),
                .product(name: "TensorEngine", package: "swift-emotion"),
                .product(name: "TextAnalysis", package: "swift-emotion"),
                .product(name: "VoiceAnalysis", package: "swift-emotion"),
                .product(name: "VoiceEmotion", package: "swift-emotion"),
                .product(name: "ImageCodecs", package: "swift-emotion"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(name: "manual", swiftSettings: strict),
        .testTarget(name: "FileNamesTests", dependencies: ["FileNames"], swiftSettings: strict),
        .testTarget(
            name: "ForeignPicturesTests",
            dependencies: [
                "ForeignPictures",
                .product(name: "EmotionDetection", package: "swift-emotion"),
                .product(name: "ImageCodecs", package: "swift-emotion"),
            ],
            swiftSettings: strict),
        .testTarget(name: "ConsoleOutputTests", dependencies: ["ConsoleOutput"], swiftSettings: strict),
        .testTarget(
            name: "EvaluationTests",
            dependencies: ["Evaluation", .product(name: "EmotionDetection", package: "swift-emotion")],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(name: "MediaStreamsTests", dependencies: ["MediaStreams"], swiftSettings: strict),
        // They run the built command. It is no dependency, since their compilation would wait for it; `swift test` builds it
        // nevertheless.
        .testTarget(
            name: "EmotionCommandTests",
            dependencies: [
                .product(name: "EmotionDetection", package: "swift-emotion"),
                .product(name: "ImageCodecs", package: "swift-emotion"),
                .product(name: "InterviewAnalysis", package: "swift-emotion"),
            ],
            swiftSettings: strict),
    ]
)
