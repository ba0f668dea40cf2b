import ModelWeights

/// The stages that look for faces, one after the other until one of them finds some.
struct FaceSearch: Sendable {
    private let mtcnn: MTCNN
    private let assumesFaceIfNotDetected: Bool

    init(_ configuration: EmotionDetector.Configuration) throws(EmotionDetectorError) {
        let path = configuration.faceDetectorWeights ?? BundledModel.mtcnn.path
        do {
            mtcnn = try MTCNN(contentsOf: path, configuration: configuration.faceDetector)
        } catch {
            throw .faceDetectorWeights(error)
        }
        assumesFaceIfNotDetected = configuration.assumesFaceIfNotDetected
    }

    /// The detected faces, or else the centre region where that is asked for.
    func faces(in image: Image) -> [DetectedFace] {
        let detected = detectedFaces(in: image)
        return detected.isEmpty && assumesFaceIfNotDetected ? [.centerRegion(of: image)] : detected
    }

    /// The detected faces, the largest first.
    func detectedFaces(in image: Image) -> [DetectedFace] {
        mtcnn.detect(in: image)
    }
}
