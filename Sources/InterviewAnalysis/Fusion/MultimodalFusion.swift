package import Emotions

/// Fuses the answers of the facial, the voice and the text model.
///
/// - Source: "Fusion Algorithm", section 8 of the original system's description. It names `calculate_facial_score` and
///   `calculate_voice_score` without defining them, and gives no formula for clarity and engagement: those are this
///   package's own, stated at each.
public enum MultimodalFusion {
    /// What a text without a quality score counts. Source: `text.get('quality_score', 50)`.
    package static let defaultQuality = 50.0

    /// 100 × the interview confidence of the face, all corrections included.
    package static func facialScore(of emotions: EmotionScores) -> Double {
        100 * InterviewConfidence.score(of: emotions)
    }

    /// 100 × the interview confidence of the voice, without the corrections: they mend misreadings of faces.
    package static func voiceScore(of emotions: EmotionScores) -> Double {
        100 * InterviewConfidence.score(ofCorrected: emotions)
    }

    /// Fuses whatever is there; a result with `success: false` counts as missing.
    ///
    /// - Throws: ``FusionError`` for numbers that are no probabilities or no quality score.
    public static func fuse(
        facial: FacialResult?, voice: VoiceResult?, text: TextResult?
    ) throws(FusionError) -> MultimodalResult {
        let facial = facial?.success == false ? nil : facial
        let voice = voice?.success == false ? nil : voice
        let text = text?.success == false ? nil : text
        try check(facial?.emotions, .facial)
        try check(voice?.emotions, .voice)
        if let quality = text?.qualityScore, !(0...100).contains(quality) { throw .invalidQualityScore(quality) }

        let scores = scores(facial: facial, voice: voice, text: text)
        let fused = EmotionFusion.fuse(facial: facial?.emotions, voice: voice?.emotions)
        let confidence = confidenceScore(scores)
        let clarity = scores[.text].map { DecimalRounding.round($0, digits: 1) }
        let engagement = fused.map { DecimalRounding.round(engagementScore(of: $0.scores), digits: 1) }
        let disagreement = Disagreement(
            facial: facial?.faceDetected == true ? facial?.emotions : nil, voice: voice?.emotions)
        return MultimodalResult(
            success: confidence != nil, confidenceScore: confidence, clarityScore: clarity,
            engagementScore: engagement, facial: facial, voice: voice, text: text, fusedEmotions: fused,
            extraLabels: fused?.extraLabels ?? [],
            recommendations: FusionAdvice(
                confidence: confidence, clarity: clarity, engagement: engagement, present: Set(scores.keys),
                disagreement: disagreement
            ).recommendations,
            weights: weights(of: Set(scores.keys)), disagreement: disagreement)
    }

    /// The weighted mean of the modalities that are there, 0…100, rounded to one decimal; nil for none.
    package static func confidenceScore(_ scores: [Modality: Double]) -> Double? {
        let present = Modality.allCases.compactMap { modality in scores[modality].map { ($0, modality.weight) } }
        guard !present.isEmpty else { return nil }
        let total = present.reduce(0) { $0 + $1.1 }
        return DecimalRounding.round(present.reduce(0) { $0 + $1.0 * $1.1 } / total, digits: 1)
    }

    /// How lively expressions are, 0…100: open and awake ones count fully, neutral half, withdrawn ones little.
    package static func engagementScore(of emotions: EmotionScores) -> Double {
        100 * Emotion.allCases.reduce(0) { $0 + emotions[$1] * engagement(of: $1) }
    }

    private static func engagement(of emotion: Emotion) -> Double {
        switch emotion {
        case .happy: 1.0
        case .surprise: 0.8
        case .neutral: 0.5
        case .angry: 0.4
        case .fear: 0.3
        case .disgust: 0.2
        case .sad: 0.1
        }
    }

    private static func scores(facial: FacialResult?, voice: VoiceResult?, text: TextResult?) -> [Modality: Double] {
        var scores: [Modality: Double] = [:]
        if facial?.faceDetected == true, let emotions = facial?.emotions {
            scores[.facial] = facialScore(of: emotions.scores)
        }
        if let emotions = voice?.emotions { scores[.voice] = voiceScore(of: emotions.scores) }
        if let text { scores[.text] = text.qualityScore ?? defaultQuality }
        return scores
    }

    private static func weights(of present: Set<Modality>) -> [String: Double] {
        let total = Modality.allCases.reduce(0) { present.contains($1) ? $0 + $1.weight : $0 }
        return present.reduce(into: [:]) { $0[$1.rawValue] = $1.weight / total }
    }

    private static func check(_ emotions: LabelledEmotions?, _ modality: Modality) throws(FusionError) {
        guard let emotions else { return }
        for (label, value) in zip(Emotion.allCases.map(\.rawValue) + emotions.extraLabels, emotions.values)
        where !(0...1).contains(value) {
            throw .invalidProbability(modality, label: label, value: value)
        }
    }
}

extension Disagreement {
    /// Nil where one of the two is missing or both say much the same.
    init?(facial: LabelledEmotions?, voice: LabelledEmotions?) {
        guard let facial, let voice else { return nil }
        facialScore = DecimalRounding.round(MultimodalFusion.facialScore(of: facial.scores), digits: 1)
        voiceScore = DecimalRounding.round(MultimodalFusion.voiceScore(of: voice.scores), digits: 1)
        distance = facial.distance(to: voice)
        guard abs(facialScore - voiceScore) >= Self.scoreDifference || distance >= Self.distanceThreshold else {
            return nil
        }
        note =
            switch facialScore - voiceScore {
            case Self.scoreDifference...: "calm face, tense voice"
            case ...(-Self.scoreDifference): "calm voice, tense face"
            default: "face and voice show different expressions"
            }
    }
}

/// The seven probabilities of face and voice as one.
///
/// - Source: `fuse_emotions`, section 8 of the original system's description.
package enum EmotionFusion {
    /// What each of the two counts before normalisation.
    package static let share = 0.5

    /// Half of each, divided by the sum; one alone is its own answer, and nil where both are missing.
    ///
    /// All sums run in the fixed order of the emotions, so the order of keys in a file changes no bit.
    package static func fuse(facial: EmotionScores?, voice: EmotionScores?) -> EmotionScores? {
        fuse(facial: facial.map { LabelledEmotions($0) }, voice: voice.map { LabelledEmotions($0) })?.scores
    }

    /// As for the seven; labels beyond them take part as they do in the original's loop over the keys.
    package static func fuse(facial: LabelledEmotions?, voice: LabelledEmotions?) -> LabelledEmotions? {
        guard facial != nil || voice != nil else { return nil }
        var fused = LabelledEmotions(EmotionScores([:]))
        for emotions in [facial, voice].compactMap({ $0 }) { fused.add(emotions, share: share) }
        let total = fused.total
        return total > 0 ? fused.divided(by: total) : fused
    }
}
