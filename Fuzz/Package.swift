// swift-tools-version: 6.1
import PackageDescription

// Built with `-sanitize=fuzzer,address` (see the Makefile); in a package of its own so that the root stays free of it.
let package = Package(
    name: "swift-emotion-fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-emotion", path: "..")],
    targets: [
        .systemLibrary(name: "CFuzzer"),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CFuzzer",
                .product(name: "EmotionDetection", package: "swift-emotion"),
                .product(name: "ImageCodecs", package: "swift-emotion"),
                .product(name: "SentenceEmbedding", package: "swift-emotion"),
                .product(name: "TensorEngine", package: "swift-emotion"),
                .product(name: "TextAnalysis", package: "swift-emotion"),
                .product(name: "VoiceAnalysis", package: "swift-emotion"),
            ],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ]),
    ]
)
