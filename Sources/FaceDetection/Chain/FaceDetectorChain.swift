public import Imaging

/// Looks for faces with one detector after the other until one of them finds some.
///
/// 1. ``MTCNN``: exact, with landmarks.
/// 2. ``HaarCascade``, where that finds nothing.
/// 3. ``MTCNN`` again on copies that are brighter, more contrasted, or turned, where asked for.
/// 4. The middle of the picture, where asked for: no detection, but right more often than not before a webcam.
///
/// Every face says which stage it comes from.
/// - Source: the original system's chain MTCNN → Haar cascade → centre region.
public struct FaceDetectorChain: Sendable {
    public let configuration: Configuration
    package let mtcnn: MTCNN
    let cascade: HaarCascade

    public init(mtcnn: MTCNN, cascade: HaarCascade, configuration: Configuration = Configuration()) {
        self.mtcnn = mtcnn
        self.cascade = cascade
        self.configuration = configuration
    }

    /// The detected faces that ``Configuration/selection`` keeps, in its order; empty where no stage finds one.
    ///
    /// - Complexity: a picture with a face costs one pass of MTCNN, one without all the others too.
    public func detect(in image: Image) -> [DetectedFace] {
        configuration.selection.selected(from: found(in: image), in: image.size)
    }

    /// As ``detect(in:)``; where nothing is found and ``Configuration/assumesFaceIfNotDetected`` asks for it, one
    /// assumed face.
    public func faces(in image: Image) -> [DetectedFace] {
        let found = found(in: image)
        if found.isEmpty && configuration.assumesFaceIfNotDetected { return [.assumed(in: image)] }
        return configuration.selection.selected(from: found, in: image.size)
    }

    private func found(in image: Image) -> [DetectedFace] {
        var faces = mtcnn.detect(in: image)
        if faces.isEmpty && configuration.usesCascade { faces = cascade.detect(in: image) }
        if faces.isEmpty && configuration.triesHarder { faces = foundInCopies(of: image) }
        return faces
    }
}
