public import EmotionDetection
public import ImageCodecs

/// What one picture shows; boxes and landmarks are in the pixels of the picture as it was sent.
public struct PictureAnalysis: Sendable {
    public let result: DetectionResult
    /// How well each detected face was captured, in the order of the faces; nil for one that is only assumed.
    public let qualities: [CaptureQuality?]
    /// 1, or 2, 4 or 8 where the picture was too large to be looked at whole.
    public let reduction: Int
    public let warnings: [DecodingWarning]
    public let decodeMilliseconds: Double

    /// Measures the faces in the picture that was looked at, before their boxes are brought to its full size.
    init(_ timed: TimedPicture, _ result: DetectionResult) {
        let picture = timed.picture
        qualities = result.faces.map { face in
            face.faceDetected ? CaptureQuality(of: face.face, in: picture.image) : nil
        }
        self.result = result.scaled(by: picture.reduction, to: picture.originalSize)
        reduction = picture.reduction
        warnings = picture.warnings
        decodeMilliseconds = timed.milliseconds
    }
}

/// Why a picture was not looked at.
public enum InferenceError: Error, Sendable {
    /// It cannot be decoded.
    case picture(ImageDecodingError)
    /// As many wait as may; to be tried again later.
    case queueFull
    /// It waited until its deadline.
    case deadlineExceeded
    /// The networks' files are missing or damaged.
    case modelUnavailable(EmotionDetectorError)
    /// The queue was closed.
    case closed
}
