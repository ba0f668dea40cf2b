public import TensorEngine

extension DetectionResult {
    /// The same faces in pixels of the picture that the analysed one was reduced from.
    ///
    /// - Parameters:
    ///   - factor: how many of its pixels a side became one, `ImageCodecs`' `DecodedImage.reduction`.
    ///   - originalSize: its size, `DecodedImage.originalSize`.
    public func scaled(by factor: Int, to originalSize: Size) -> DetectionResult {
        guard factor != 1 else { return self }
        let faces = faces.map { face in
            FaceEmotion(
                face: face.face.scaled(by: Double(factor)), scores: face.scores, isUncertain: face.isUncertain)
        }
        return DetectionResult(faces: faces, imageSize: originalSize, timings: timings)
    }
}
