// swift-tools-version: 6.1
import PackageDescription

/// Settings that every Swift target of this package shares.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func library(
    _ name: String,
    dependsOn dependencies: [Target.Dependency] = [],
    path: String? = nil,
    exclude: [String] = [],
    sources: [String]? = nil,
    resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: exclude, sources: sources,
        resources: resources, swiftSettings: strict)
}

func tests(of name: String, dependsOn dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        exclude: ["Fixtures"], swiftSettings: strict)
}

/// The targets of tests, or those alone that EMOTION_TEST_TARGETS names, with commas between: SwiftPM builds all that a
/// package has, also where few are to run (`Scripts/run-tests.sh concurrency`).
func wanted(_ targets: [Target]) -> [Target] {
    guard let names = Context.environment["EMOTION_TEST_TARGETS"]?.split(separator: ",") else { return targets }
    return targets.filter { $0.type != .test || names.contains($0.name[...]) }
}

func systemLibrary(_ name: String, pkgConfig: String, apt: String, brew: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt]), .brew([brew])])
}

let package = Package(
    name: "swift-emotion",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "EmotionDetection", targets: ["EmotionDetection"]),
        .library(name: "FaceMesh", targets: ["FaceMesh"]),
        .library(name: "InterviewAnalysis", targets: ["InterviewAnalysis"]),
        .library(name: "InterviewRecording", targets: ["InterviewRecording"]),
        .library(name: "TextAnalysis", targets: ["TextAnalysis"]),
        .library(name: "SentenceEmbedding", targets: ["SentenceEmbedding"]),
        .library(name: "VoiceAnalysis", targets: ["VoiceAnalysis"]),
        .library(name: "VoiceEmotion", targets: ["VoiceEmotion"]),
        .library(name: "ImageCodecs", targets: ["ImageCodecs"]),
        .library(name: "TensorEngine", targets: ["TensorEngine", "NeuralLayers", "WeightFile"]),
    ],
    targets: wanted([
        systemLibrary("COpenBLAS", pkgConfig: "openblas", apt: "libopenblas-dev", brew: "openblas"),
        systemLibrary("CLAPACKE", pkgConfig: "lapacke", apt: "liblapacke-dev", brew: "lapack"),
        systemLibrary("CJPEG", pkgConfig: "libturbojpeg", apt: "libturbojpeg0-dev", brew: "jpeg-turbo"),
        systemLibrary("CPNG", pkgConfig: "libpng", apt: "libpng-dev", brew: "libpng"),
        systemLibrary("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev", brew: "openssl@3"),

        library("PlaneGeometry"),
        library("TensorEngine", dependsOn: ["COpenBLAS", "PlaneGeometry"]),
        library("X86Kernels", dependsOn: ["TensorEngine"]),
        library("WeightFile", dependsOn: ["TensorEngine", "CCrypto"]),
        library("NeuralLayers", dependsOn: ["TensorEngine", "WeightFile"]),
        library("NetworkPlanning", dependsOn: ["NeuralLayers", "TensorEngine", "X86Kernels"]),
        library("Emotions"),
        library("Imaging", dependsOn: ["PlaneGeometry"]),
        library(
            "FaceDetection",
            dependsOn: [
                "NetworkPlanning", "NeuralLayers", "TensorEngine", "WeightFile", "Imaging", "Emotions", "CLAPACKE",
            ]),
        library(
            "FaceMesh",
            dependsOn: [
                "NetworkPlanning", "NeuralLayers", "PlaneGeometry", "TensorEngine", "WeightFile", "Imaging",
                "ModelWeights",
                "CLAPACKE",
            ]),
        library(
            "EmotionRecognition",
            dependsOn: ["NetworkPlanning", "NeuralLayers", "TensorEngine", "WeightFile", "Imaging", "Emotions"]),
        library(
            "EmotionDetection",
            dependsOn: [
                "FaceDetection", "EmotionRecognition", "FaceMesh", "ModelWeights", "Imaging", "Emotions",
                "NetworkPlanning",
                "PlaneGeometry", "TensorEngine", "WeightFile",
            ]),
        library("ModelWeights", path: "Weights/ModelWeights"),
        library("InterviewAnalysis", dependsOn: ["Emotions", "VoiceAnalysis"]),
        library("InterviewRecording", dependsOn: ["EmotionDetection", "InterviewAnalysis"]),
        library("TextAnalysis"),
        library("TransformerLayers", dependsOn: ["TensorEngine", "WeightFile"]),
        library(
            "SentenceEmbedding",
            dependsOn: [
                "ModelWeights", "NetworkPlanning", "TensorEngine", "TextAnalysis", "TransformerLayers", "WeightFile",
            ]),
        library("VoiceAnalysis", dependsOn: ["Emotions"]),
        library(
            "VoiceEmotion",
            dependsOn: [
                "Emotions", "ModelWeights", "NetworkPlanning", "NeuralLayers", "TensorEngine", "TransformerLayers",
                "VoiceAnalysis", "WeightFile",
            ]),
        library("ImageCodecs", dependsOn: ["Imaging", "PlaneGeometry", "CJPEG", "CPNG"]),

        .executableTarget(
            name: "benchmark",
            dependencies: [
                "COpenBLAS", "PlaneGeometry", "TensorEngine", "X86Kernels", "NetworkPlanning", "NeuralLayers",
                "WeightFile", "Imaging",
                "FaceDetection",
                "EmotionRecognition", "EmotionDetection", "FaceMesh", "ModelWeights", "ImageCodecs",
            ],
            path: "Benchmarks/Sources/benchmark", swiftSettings: strict),
        .executableTarget(
            name: "face-crops", dependencies: ["EmotionDetection", "Imaging", "ImageCodecs", "TestSupport"],
            path: "Benchmarks/Sources/face-crops", swiftSettings: strict),
        .executableTarget(
            name: "session-events", dependencies: ["InterviewAnalysis", "Emotions", "TestSupport"],
            path: "Benchmarks/Sources/session-events", swiftSettings: strict),
        .executableTarget(
            name: "sentence-vectors", dependencies: ["SentenceEmbedding"],
            path: "Benchmarks/Sources/sentence-vectors", swiftSettings: strict),

        .executableTarget(
            name: "face-features", dependencies: ["TensorEngine", "Imaging", "EmotionRecognition"],
            path: "Weights/Training/face-features", swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["X86Kernels", "NetworkPlanning", "TensorEngine", "WeightFile"],
            path: "Tests/TestSupport",
            swiftSettings: strict),
        tests(of: "TensorEngine"),
        tests(of: "X86Kernels", dependsOn: ["TensorEngine"]),
        tests(of: "WeightFile", dependsOn: ["TensorEngine"]),
        tests(of: "NeuralLayers", dependsOn: ["TensorEngine", "WeightFile"]),
        .testTarget(
            name: "NetworkPlanningTests",
            dependencies: [
                "NetworkPlanning", "NeuralLayers", "TensorEngine", "WeightFile", "X86Kernels", "TestSupport",
            ], swiftSettings: strict),
        tests(of: "Emotions"),
        tests(of: "Imaging", dependsOn: ["PlaneGeometry"]),
        tests(of: "ImageCodecs", dependsOn: ["Imaging", "PlaneGeometry"]),
        tests(
            of: "FaceDetection",
            dependsOn: [
                "Imaging", "NetworkPlanning", "TensorEngine", "WeightFile", "ImageCodecs", "ModelWeights", "CCrypto",
            ]),
        tests(
            of: "FaceMesh",
            dependsOn: [
                "Imaging", "NetworkPlanning", "NeuralLayers", "TensorEngine", "WeightFile", "ImageCodecs",
                "ModelWeights",
            ]),
        tests(
            of: "EmotionRecognition",
            dependsOn: [
                "Emotions", "Imaging", "NetworkPlanning", "X86Kernels", "NeuralLayers", "TensorEngine", "WeightFile",
                "ImageCodecs",
                "ModelWeights",
            ]),
        tests(of: "EmotionDetection", dependsOn: ["Imaging", "WeightFile", "ImageCodecs"]),
        tests(of: "ModelWeights", dependsOn: ["WeightFile"]),
        tests(of: "InterviewAnalysis", dependsOn: ["Emotions", "VoiceAnalysis"]),
        tests(of: "TextAnalysis"),
        .testTarget(
            name: "TransformerLayersTests", dependencies: ["TransformerLayers"], swiftSettings: strict),
        tests(
            of: "SentenceEmbedding",
            dependsOn: ["ModelWeights", "NetworkPlanning", "TensorEngine", "TextAnalysis", "WeightFile"]),
        tests(of: "VoiceAnalysis"),
        tests(
            of: "VoiceEmotion",
            dependsOn: ["Emotions", "ModelWeights", "NetworkPlanning", "TensorEngine", "VoiceAnalysis", "WeightFile"]),
        .testTarget(
            name: "InterviewRecordingTests",
            dependencies: ["InterviewRecording", "EmotionDetection", "InterviewAnalysis"], swiftSettings: strict),
    ])
)
