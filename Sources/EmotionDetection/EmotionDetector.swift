import EmotionRecognition
public import FaceMesh
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

    let faceSearch: OnceLoaded<FaceDetectorChain>
    let classifier: OnceLoaded<EmotionClassifier>
    private let mesher: OnceLoaded<FaceMesher>
    let workers: WorkerPool

    /// A detector with the weights and settings of `configuration`: the bundled ones unless told otherwise.
    ///
    /// - Throws: ``EmotionDetectorError`` naming the file whose weights are missing, damaged or of another network; with
    ///   `loading: .onFirstUse` the same error comes from the first call that needs them.
    public init(_ configuration: Configuration = Configuration()) throws(EmotionDetectorError) {
        self.configuration = configuration
        let workers = configuration.threads.map(WorkerPool.init) ?? .shared
        self.workers = workers
        faceSearch = OnceLoaded { () throws(EmotionDetectorError) in
            try FaceDetectorChain(configuration, workers: workers)
        }
        classifier = OnceLoaded { () throws(EmotionDetectorError) in
            let path = try configuration.located(configuration.emotionWeights, .efficientNetB2)
            do throws(WeightError) {
                return try EmotionClassifier(contentsOf: path, workers: workers, kernels: configuration.kernels)
            } catch {
                throw .emotionWeights(error)
            }
        }
        mesher = OnceLoaded { () throws(EmotionDetectorError) in
            do throws(FaceMesherError) {
                return try FaceMesher(
                    in: configuration.weightSearch, workers: workers, kernels: configuration.kernels)
            } catch {
                throw EmotionDetectorError(error)
            }
        }
        if configuration.loading == .eager { try load() }
    }

    /// Loads what is not loaded yet; of use with `loading: .onFirstUse`, before the first picture is due.
    public func load() throws(EmotionDetectorError) {
        _ = try withClassifier { () throws(EmotionDetectorError) in try faceSearch.value() }
    }

    /// What locates the mesh of a face, on this detector's threads; loaded by the first call, whenever the other networks
    /// are, so that whoever needs no mesh reads none of its weights.
    public func faceMesher() throws(EmotionDetectorError) -> FaceMesher { try mesher.value() }

    /// What the emotion network's weights say about themselves.
    public var emotionModel: ModelSpecification {
        get throws(EmotionDetectorError) { try classifier.value().specification }
    }

    /// The faces of the picture with their scores: those ``FaceDetectorChain/Configuration/selection`` asks for, by
    /// default every face, the largest first.
    ///
    /// Where no stage finds a face, the result holds the centre region with ``FaceEmotion/faceDetected`` false, or
    /// nothing, as ``Configuration/assumesFaceIfNotDetected`` says.
    public func detect(in image: Image) throws(EmotionDetectorError) -> DetectionResult {
        try results(for: [image])[0]
    }

    /// As ``detect(in:)-(Image)`` for several pictures, whose faces go through the emotion network together.
    ///
    /// - Returns: results in the order of `images`; empty for none. Their classification times are equal shares for
    ///   each face of the time for all.
    public func detect(in images: [Image]) throws(EmotionDetectorError) -> [DetectionResult] {
        images.isEmpty ? [] : try results(for: images)
    }

    private func results(for images: [Image]) throws(EmotionDetectorError) -> [DetectionResult] {
        var clock = StageClock()
        let (searches, classifier) = try withClassifier { () throws(EmotionDetectorError) in
            try timedSearches(in: images)
        }
        let loadMilliseconds = clock.lap() - searches.reduce(0) { $0 + $1.milliseconds }
        let scores = scores(of: searches.map(\.faces), in: images, by: classifier)
        let counts = scores.map { $0.count { $0 != nil } }
        let total = counts.reduce(0, +)
        let perFace = total == 0 ? 0 : clock.lap() / Double(total)
        return images.indices.map { index in
            let faces = zip(searches[index].faces, scores[index]).map { face, scores in
                FaceEmotion(
                    face: face, scores: scores ?? .assumedNeutral,
                    isUncertain: scores.map(classifier.specification.isUncertain) ?? true)
            }
            return DetectionResult(
                faces: faces, imageSize: images[index].size,
                timings: StageTimings(
                    loadMilliseconds: loadMilliseconds, faceSearchMilliseconds: searches[index].milliseconds,
                    classificationMilliseconds: perFace * Double(counts[index])))
        }
    }

    /// The scores of faces of a picture, cut out of it and scored in one forward pass; empty for none.
    ///
    /// - Returns: in the order of `faces`; nil for a face that is only assumed in a picture too small to show one.
    func scores(of faces: [DetectedFace], in image: Image) throws(EmotionDetectorError) -> [EmotionScores?] {
        faces.isEmpty ? [] : scores(of: [faces], in: [image], by: try classifier.value())[0]
    }

    /// As ``scores(of:in:)``, for the faces of several pictures together.
    private func scores(
        of faces: [[DetectedFace]], in images: [Image], by classifier: EmotionClassifier
    ) -> [[EmotionScores?]] {
        var crops: [Image] = []
        let places = zip(images, faces).map { image, faces in
            faces.map { face -> Int? in
                guard face.stage != .pictureTooSmall else { return nil }
                crops.append(configuration.cropping.crop(of: face, in: image))
                return crops.count - 1
            }
        }
        let scores = crops.isEmpty ? [] : classifier.classify(crops)
        return places.map { $0.map { $0.map { scores[$0] } } }
    }

    /// Each picture's faces and how long finding them took.
    private func timedSearches(in images: [Image]) throws(EmotionDetectorError) -> [TimedSearch] {
        let chain = try faceSearch.value()
        var clock = StageClock()
        return images.map { TimedSearch(faces: chain.faces(in: $0), milliseconds: clock.lap()) }
    }

    /// The faces of the picture without their emotions, selected and ordered as in ``detect(in:)-(Image)``; empty where
    /// there is none.
    ///
    /// The centre region is never among them: only what a stage detected.
    public func detectFaces(in image: Image) throws(EmotionDetectorError) -> [DetectedFace] {
        try faceSearch.value().detect(in: image)
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

/// The faces of one picture and how long finding them took.
private struct TimedSearch {
    let faces: [DetectedFace]
    let milliseconds: Double
}

extension EmotionDetector {
    /// What `body` gives, and the classifier; where that is not loaded yet, another thread loads it in the meantime,
    /// since nobody needs it before the first face is found.
    ///
    /// Both have ended on return, whichever fails; the error is that of `body` where both do.
    func withClassifier<Found>(
        _ body: () throws(EmotionDetectorError) -> Found
    ) throws(EmotionDetectorError) -> (Found, EmotionClassifier) {
        guard workers.threads > 1, !classifier.isLoaded else { return (try body(), try classifier.value()) }
        // A pool of its own: within a piece of its own work the detector's pool would share out nothing.
        let (found, loaded) = WorkerPool(threads: 2).both {
            Result { () throws(EmotionDetectorError) in try body() }
        } _: {
            Result { () throws(EmotionDetectorError) in try classifier.value() }
        }
        return (try found.get(), try loaded.get())
    }
}
