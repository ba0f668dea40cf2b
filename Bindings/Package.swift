// swift-tools-version: 6.3
import PackageDescription

/// Settings that every Swift target of this package shares.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "swift-emotion-bindings",
    platforms: [.macOS(.v15)],
    products: [.library(name: "emotion", type: .dynamic, targets: ["EmotionInterface"])],
    dependencies: [.package(name: "swift-emotion", path: "..")],
    targets: [
        // The header alone: what C sees, and what the compiler holds the Swift functions against.
        .systemLibrary(name: "CEmotion"),
        .target(
            name: "EmotionInterface",
            dependencies: [
                "CEmotion",
                .product(name: "EmotionDetection", package: "swift-emotion"),
                .product(name: "FaceMesh", package: "swift-emotion"),
                .product(name: "ImageCodecs", package: "swift-emotion"),
                .product(name: "TensorEngine", package: "swift-emotion"),
            ],
            swiftSettings: strict),
    ]
)
