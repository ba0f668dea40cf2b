import CEmotion
import EmotionDetection

/// What a detector is made with, as `emotion_options` says it, checked. Detectors of equal settings share their weights.
struct DetectorSettings: Hashable, Sendable {
    let weightsFolder: String?
    let emotionWeights: String?
    let faceWeights: String?
    let cascadeWeights: String?
    let threads: Int?
    let minimumScore: Float
    let selection: FaceSelection
    let assumesFace: Bool
    let triesHarder: Bool
    let faceDetector: MTCNN.Configuration
    let kernels: KernelChoice

    /// - Throws: naming the option that makes no sense.
    init(_ options: emotion_options) throws(Failure) {
        weightsFolder = try text(options.weights_folder, "weights_folder") ?? LibraryFolder.weights
        emotionWeights = try text(options.emotion_weights, "emotion_weights")
        faceWeights = try text(options.face_weights, "face_weights")
        cascadeWeights = try text(options.cascade_weights, "cascade_weights")
        threads = try Self.orNil(options.threads, in: 0...Int(EMOTION_MAXIMUM_THREADS), "threads")
        minimumScore = try checked(options.minimum_score, in: 0...1, "minimum_score")
        let rankings = FaceSelection.Ranking.allCases
        selection = FaceSelection(
            rankings[try checked(options.order, in: 0...(rankings.count - 1), "order")],
            limit: try Self.orNil(options.maximum_faces, in: 0...10_000, "maximum_faces"))
        assumesFace = try flag(options.assume_face, "assume_face")
        triesHarder = try flag(options.tries_harder, "tries_harder")
        let longestSide = try Self.orNil(options.longest_side, in: 0...Int(EMOTION_MAXIMUM_SIDE), "longest_side")
        if let longestSide { _ = try checked(longestSide, in: 64...Int(EMOTION_MAXIMUM_SIDE), "longest_side") }
        let (proposal, refinement, output) = options.thresholds
        for threshold in [proposal, refinement, output] { _ = try checked(threshold, in: 0...1, "thresholds") }
        faceDetector = MTCNN.Configuration(
            minimumFace: try checked(
                options.minimum_face, in: MTCNN.Configuration.smallestMinimumFace...8_192, "minimum_face"),
            scaleFactor: try checked(options.scale_factor, in: 0.1...0.99, "scale_factor"),
            thresholds: MTCNN.Thresholds(proposal: proposal, refinement: refinement, output: output),
            longestSide: longestSide)
        kernels = try flag(options.portable_kernels, "portable_kernels") ? .portable : .automatic
    }

    /// 0 stands for no number.
    private static func orNil(
        _ value: Int32, in range: ClosedRange<Int>, _ name: String
    ) throws(Failure) -> Int? {
        let number = try checked(value, in: range, name)
        return number == 0 ? nil : number
    }

    var configuration: EmotionDetector.Configuration {
        var configuration = EmotionDetector.Configuration(
            weightsFolder: weightsFolder, emotionWeights: emotionWeights, faceDetector: faceDetector, kernels: kernels,
            threads: threads)
        (configuration.faceDetectorWeights, configuration.cascadeWeights) = (faceWeights, cascadeWeights)
        // As the command has it: the cascade never looks for less than its own smallest face.
        configuration.cascade.minimumFace = max(faceDetector.minimumFace, configuration.cascade.minimumFace)
        configuration.search = FaceDetectorChain.Configuration(
            triesHarder: triesHarder, minimumScore: minimumScore, assumesFaceIfNotDetected: assumesFace,
            selection: selection)
        return configuration
    }

    /// The options that ask for the defaults.
    static var defaults: emotion_options {
        let configuration = EmotionDetector.Configuration()
        var options = emotion_options()
        options.struct_size = MemoryLayout<emotion_options>.stride
        options.minimum_face = Int32(configuration.faceDetector.minimumFace)
        options.minimum_score = configuration.search.minimumScore
        options.assume_face = configuration.search.assumesFaceIfNotDetected ? 1 : 0
        options.tries_harder = configuration.search.triesHarder ? 1 : 0
        let thresholds = configuration.faceDetector.thresholds
        options.thresholds = (thresholds.proposal, thresholds.refinement, thresholds.output)
        options.scale_factor = configuration.faceDetector.scaleFactor
        return options
    }
}

@c @implementation
public func emotion_options_init(_ options: UnsafeMutablePointer<emotion_options>?, _ structSize: Int) -> emotion_status
{
    outcome(nil) { () throws(Failure) in try fill(options, structSize, with: DetectorSettings.defaults) }
}

/// Writes `defaults` to a struct of the caller's, which may be of a later version: the rest of it is zero.
///
/// - Parameter earlier: the sizes that it had in earlier versions; those get no more than they have.
func fill<Struct: BitwiseCopyable>(
    _ pointer: UnsafeMutablePointer<Struct>?, _ size: Int, with defaults: Struct, earlier: [Int] = []
) throws(Failure) {
    guard let pointer else { throw .argument("options is NULL") }
    guard isSize(size, of: Struct.self, earlier: earlier) else {
        throw .argument("struct_size is \(size); it must be \(MemoryLayout<Struct>.stride)")
    }
    let target = UnsafeMutableRawBufferPointer(start: pointer, count: size)
    target.initializeMemory(as: UInt8.self, repeating: 0)
    withUnsafeBytes(of: defaults) { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.prefix(size))) }
    target.storeBytes(of: size, as: Int.self)
}
