public import TensorEngine

/// What was found in one picture.
public struct DetectionResult: Sendable {
    /// The faces with their scores in the order of the selection, by default the largest first; empty where there is none.
    public let faces: [FaceEmotion]
    /// Height and width of the picture in pixels.
    public let imageSize: Size
    /// How long each stage took.
    public let timings: StageTimings

    /// Whether a stage found a face; false where nothing was found or only the centre region was assumed.
    public var faceDetected: Bool { faces.contains(where: \.faceDetected) }

    /// The first face of the selection, by default the largest: the one that matters where one person is expected.
    public var primaryFace: FaceEmotion? { faces.first }
}

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

/// One face of a picture and the scores of its expression.
public struct FaceEmotion: Hashable, Sendable {
    /// Where the face is and which stage found it.
    public let face: DetectedFace
    /// A probability for each of the seven emotions; they sum to 1.
    public let scores: EmotionScores
    /// Whether the best answer is no more than a guess: less probable than the weight file's own threshold, or none.
    public let isUncertain: Bool

    init(face: DetectedFace, scores: EmotionScores, isUncertain: Bool) {
        self.face = face
        self.scores = scores
        self.isUncertain = isUncertain
    }

    /// The emotion of the highest score.
    public var dominantEmotion: Emotion { scores.dominant }
    /// The score of ``dominantEmotion``, 0…1; says little where ``isTrusted`` is false.
    public var confidence: Double { scores[scores.dominant] }
    /// The face's box in picture coordinates.
    public var box: Rect { face.imageBox }
    /// The five points of the face, where the stage that found it locates them.
    public var landmarks: Landmarks? { face.landmarks }
    /// The stage that found the face.
    public var stage: DetectionStage { face.stage }
    /// Whether a detector found this face; false for the centre region, which is only assumed to show one.
    public var faceDetected: Bool { face.stage.isDetection }
    /// Whether ``confidence`` comes from a detected face; false where it is the network's answer to whatever the middle
    /// of the picture shows, or no answer at all.
    public var isTrusted: Bool { faceDetected }
}

extension EmotionScores {
    /// Neutral with a confidence of a quarter, the rest shared evenly: what is answered where there is nothing to look at.
    ///
    /// - Source: the original system's last fallback, "neutral emotions with low confidence".
    static let assumedNeutral: EmotionScores = {
        let neutral = 0.25
        let others = (1 - neutral) / Double(Emotion.allCases.count - 1)
        var scores = EmotionScores([Double](repeating: others, count: Emotion.allCases.count))
        scores[.neutral] = neutral
        return scores
    }()
}
