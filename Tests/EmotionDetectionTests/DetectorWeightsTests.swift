import EmotionDetection
import Testing

@Suite struct DetectorWeightsTests {
    private static let absent = "/nonexistent/weights.safetensors"
    private static let missing = WeightError.cannotOpen(path: absent, errno: 2)

    /// Settings whose files of the emotion network, and of one or both detectors, are absent.
    private func configuration(mtcnn: String? = nil, cascade: String? = nil) -> EmotionDetector.Configuration {
        var configuration = EmotionDetector.Configuration(emotionWeights: Self.absent)
        (configuration.faceDetectorWeights, configuration.cascadeWeights) = (mtcnn, cascade)
        return configuration
    }

    @Test func namesTheMissingEmotionWeights() {
        #expect(throws: EmotionDetectorError.emotionWeights(Self.missing)) {
            let detector = try EmotionDetector(.init(emotionWeights: Self.absent, loading: .onFirstUse))
            _ = try detector.classify(faces: [])
        }
    }

    @Test func namesTheMissingDetectorWeights() {
        #expect(throws: EmotionDetectorError.faceDetectorWeights(Self.missing)) {
            try EmotionDetector(configuration(mtcnn: Self.absent))
        }
    }

    @Test func namesTheMissingCascade() {
        #expect(throws: EmotionDetectorError.cascadeWeights(.weights(Self.missing))) {
            try EmotionDetector(configuration(cascade: Self.absent))
        }
    }

    @Test func readsNothingUntilFirstUse() throws {
        var configuration = configuration(mtcnn: Self.absent)
        configuration.loading = .onFirstUse
        let detector = try EmotionDetector(configuration)
        let image = Image(width: 2, height: 2, filledWith: .black)
        #expect(throws: EmotionDetectorError.faceDetectorWeights(Self.missing)) { try detector.detect(in: image) }
        #expect(throws: EmotionDetectorError.emotionWeights(Self.missing)) { try detector.emotionModel }
    }

    @Test(arguments: [1, 2]) func theFirstPictureNamesTheMissingEmotionWeights(threads: Int) throws {
        let detector = try EmotionDetector(.init(emotionWeights: Self.absent, loading: .onFirstUse, threads: threads))
        let image = Image(width: 40, height: 40, filledWith: .black)
        for _ in 0..<2 {
            #expect(throws: EmotionDetectorError.emotionWeights(Self.missing)) { try detector.detect(in: image) }
        }
        #expect(throws: EmotionDetectorError.emotionWeights(Self.missing)) { try detector.load() }
        #expect(try detector.detectFaces(in: image).isEmpty)
    }

    @Test(arguments: [1, 2]) func ofAllMissingFilesTheDetectorsIsNamed(threads: Int) {
        var configuration = configuration(mtcnn: Self.absent, cascade: Self.absent)
        configuration.threads = threads
        #expect(throws: EmotionDetectorError.faceDetectorWeights(Self.missing)) {
            try EmotionDetector(configuration)
        }
    }

    /// The bundled names in one folder; a single path counts more. ``KernelChoice`` and ``WeightError`` are of the facade.
    @Test func aFolderStandsForAllThreeFiles() throws {
        let choice: KernelChoice = .automatic
        var configuration = EmotionDetector.Configuration(weightsFolder: "/nonexistent", kernels: choice)
        #expect(
            configuration.weightPaths == [
                "/nonexistent/mtcnn.safetensors", "/nonexistent/efficientnet_b2_fer2013.safetensors",
                "/nonexistent/haarcascade_frontalface_default.safetensors",
            ])
        configuration.faceDetectorWeights = Self.absent
        #expect(configuration.weightPaths[0] == Self.absent)
        let search = WeightSearch(folder: "/nonexistent")
        #expect(throws: EmotionDetectorError.missingWeights(file: "mtcnn.safetensors", search: search)) {
            try EmotionDetector(.init(weightsFolder: "/nonexistent"))
        }
        let bundled = EmotionDetector.Configuration().weightPaths
        let folder = try #require(bundled.first?.split(separator: "/").dropLast().joined(separator: "/"))
        #expect(EmotionDetector.Configuration(weightsFolder: "/" + folder).weightPaths == bundled)
    }

    @Test func describesTheErrorWithTheFile() {
        let error = EmotionDetectorError.emotionWeights(Self.missing)
        #expect("\(error)" == "emotion weights: \(Self.missing)")
    }
}
