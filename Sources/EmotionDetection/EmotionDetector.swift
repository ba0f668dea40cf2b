import EmotionRecognition
import ModelWeights
import TensorEngine
import WeightFile

/// Finds the faces in a picture and scores the expression of each.
///
/// ```swift
/// let detector = try EmotionDetector()
/// let result = try detector.detect(in: image)
/// for face in result.faces { print(face.dominantEmotion, face.confidence, face.box) }
/// ```
///
/// Holds nothing that changes but the networks' one-time loading, so one detector serves any number of tasks at once
/// and gives each the answer it would give alone. Make one and keep it: loading costs more than a picture.
///
/// A score says how much an expression looks like those the network was trained on, not what a person feels.
public struct EmotionDetector: Sendable {
    /// What the detector was made with.
    public let configuration: Configuration

    private let faceSearch: OnceLoaded<FaceSearch>
    private let classifier: OnceLoaded<EmotionClassifier>

    /// A detector with the weights and settings of `configuration`: the bundled ones unless told otherwise.
    ///
    /// - Throws: ``EmotionDetectorError`` naming the file whose weights are missing, damaged or of another network; with
    ///   `loading: .onFirstUse` the same error comes from the first call that needs them.
    public init(_ configuration: Configuration = Configuration()) throws(EmotionDetectorError) {
        self.configuration = configuration
        faceSearch = OnceLoaded { () throws(EmotionDetectorError) in try FaceSearch(configuration) }
        classifier = OnceLoaded { () throws(EmotionDetectorError) in
            let path = configuration.emotionWeights ?? BundledModel.efficientNetB2.path
            do throws(WeightError) {
                return try EmotionClassifier(contentsOf: path)
            } catch {
                throw .emotionWeights(error)
            }
        }
        if configuration.loading == .eager { try load() }
    }

    /// Loads what is not loaded yet; of use with `loading: .onFirstUse`, before the first picture is due.
    public func load() throws(EmotionDetectorError) {
        // Both at once: each is mostly one thread's work.
        WorkerPool.shared.run(2) { index in
            if index == 0 { classifier.prepare() } else { faceSearch.prepare() }
        }
        _ = try faceSearch.value()
        _ = try classifier.value()
    }

    /// What the emotion network's weights say about themselves.
    public var emotionModel: ModelSpecification {
        get throws(EmotionDetectorError) { try classifier.value().specification }
    }

    /// Every face of the picture with its scores, the largest face first.
    ///
    /// Where no stage finds a face, the result holds the centre region with ``FaceEmotion/faceDetected`` false, or
    /// nothing, as ``Configuration/assumesFaceIfNotDetected`` says.
    public func detect(in image: Image) throws(EmotionDetectorError) -> DetectionResult {
        let clock = StageClock()
        let search = try timedSearch(in: image)
        let classifier = try classifier.value()
        let found = clock.milliseconds()
        let crops = search.faces.map { image.cropped(to: $0.cropBox(padding: configuration.cropPadding)) }
        let scores = crops.isEmpty ? [] : classifier.classify(crops)
        return DetectionResult(
            faces: zip(search.faces, scores).map(FaceEmotion.init),
            imageSize: Size(height: image.height, width: image.width),
            timings: StageTimings(
                loadMilliseconds: found - search.milliseconds, faceSearchMilliseconds: search.milliseconds,
                classificationMilliseconds: clock.milliseconds() - found))
    }

    /// The faces and how long finding them took; a classifier that is not loaded yet loads meanwhile.
    private func timedSearch(
        in image: Image
    ) throws(EmotionDetectorError) -> (faces: [DetectedFace], milliseconds: Double) {
        func search() throws(EmotionDetectorError) -> (faces: [DetectedFace], milliseconds: Double) {
            let stages = try faceSearch.value()
            let clock = StageClock()
            return (stages.faces(in: image), clock.milliseconds())
        }
        if classifier.isLoaded { return try search() }
        var outcome = Result<(faces: [DetectedFace], milliseconds: Double), EmotionDetectorError>.success(([], 0))
        WorkerPool.shared.run(2) { index in
            if index == 0 {
                outcome = Result { () throws(EmotionDetectorError) in try search() }
            } else {
                classifier.prepare()
            }
        }
        return try outcome.get()
    }

    /// The faces of the picture without their emotions, the largest first; empty where there is none.
    ///
    /// The centre region is never among them: only what a stage detected.
    public func detectFaces(in image: Image) throws(EmotionDetectorError) -> [DetectedFace] {
        try faceSearch.value().detectedFaces(in: image)
    }

    /// Scores for pictures that each show one face, cut out as ``detect(in:)`` would, in one forward pass.
    ///
    /// - Parameter faces: pictures of any size; each is resized to the network's input.
    /// - Returns: scores in the order of `faces`; empty for none.
    public func classify(faces: [Image]) throws(EmotionDetectorError) -> [EmotionScores] {
        let classifier = try classifier.value()
        return faces.isEmpty ? [] : classifier.classify(faces)
    }
}
