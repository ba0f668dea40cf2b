public import Imaging

extension DetectedFace {
    /// Parts of the width left out on the left and on the right, and of the height above and below.
    ///
    /// - Source: the original system's `detect_emotions_from_frame`: `int(w * 0.2)`, `int(h * 0.15)`.
    private static let centerMargins = (horizontal: 0.2, vertical: 0.15)

    /// The middle of the picture, taken for a face because none was found; its score is 0 since nothing speaks for it.
    ///
    /// ``DetectionStage/pictureTooSmall`` where that is smaller than any face a detector could see.
    public static func assumed(in image: Image) -> DetectedFace {
        let left = (Double(image.width) * centerMargins.horizontal).rounded(.towardZero)
        let top = (Double(image.height) * centerMargins.vertical).rounded(.towardZero)
        let box = Rect(
            left: left, top: top, right: Double(image.width) - left, bottom: Double(image.height) - top)
        let isTooSmall = min(box.width, box.height) < Double(MTCNN.Configuration.smallestMinimumFace)
        return DetectedFace(
            imageBox: box, score: 0, landmarks: nil, stage: isTooSmall ? .pictureTooSmall : .centerRegion)
    }
}
