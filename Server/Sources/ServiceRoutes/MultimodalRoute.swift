import FoundationEssentials
import Hummingbird
import InferenceQueue
import InterviewAnalysis
import ReplyJSON
import VoiceEmotion
import VoiceQueue

// `POST /analyze/multimodal`: what there is of face, voice and words, as one.

extension ServiceRoutes {
    /// Finished results of other models, or a picture.
    private struct MultimodalRequest: Decodable {
        let image: String?
        let facial: FacialResult?
        let voice: VoiceResult?
        let text: TextResult?
    }

    func analyzeMultimodal(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let kind = BodyKind(request)
        switch kind {
        case .json, .multipart: break
        case .picture, .other: throw Self.unsupported("application/json and multipart/form-data")
        }
        let body = try await reader.collect(request, context: context)
        let deadline = deadline
        var picture: [UInt8]?
        var results: (facial: FacialResult?, voice: VoiceResult?, text: TextResult?) = (nil, nil, nil)
        var audio: [UInt8]?
        var unavailable: [Modality] = []
        if case .multipart(let boundary) = kind {
            let form = try MultipartForm(body.bytes, boundary: boundary)
            // Browsers send a field that nobody filled in as an empty part.
            picture = try form.filledPart("image").map { part throws(Problem) in try PictureUpload.bytes(from: part) }
            audio = try form.filledPart("audio").map { Array($0.content) }
            if let text = try form.text("text"), !text.isEmpty {
                let isAlone = picture == nil && audio == nil
                results.text = try await answers.result(
                    of: text, question: try form.text("question"), isRequired: isAlone)
                if results.text == nil { unavailable.append(.text) }
            }
            guard picture != nil || audio != nil || results.text != nil else {
                throw Problem(.missingField, "At least one of image, audio and text is needed.")
            }
        } else {
            let parts = try RequestJSON.decode(MultimodalRequest.self, from: body.bytes)
            guard parts.image == nil || parts.facial == nil else {
                throw Problem(.invalidField, "image and facial exclude each other.", field: "image")
            }
            picture = try parts.image.map { text throws(Problem) in try PictureUpload.bytes(fromBase64: text) }
            results = (parts.facial, parts.voice, parts.text)
            try Self.check(results)
            guard picture != nil || results.facial != nil || results.voice != nil || results.text != nil else {
                throw Problem(.missingField, "At least one of image, facial, voice and text is needed.")
            }
        }
        let held = try reader.hold([picture, audio].compactMap(\.self))
        defer { withExtendedLifetime((body, held)) {} }
        // The picture first: listening to a recording may take longer than the deadline leaves.
        if let picture {
            let isAlone = audio == nil && results.voice == nil && results.text == nil
            results.facial = try await facialResult(of: picture, before: deadline, isRequired: isAlone)
            if results.facial == nil { unavailable.append(.facial) }
        }
        if let audio {
            let isAlone = results.facial == nil && results.text == nil
            results.voice = try await voiceResult(of: audio, before: deadline, isRequired: isAlone)
            if results.voice == nil { unavailable.append(.voice) }
        }
        let fused = try MultimodalFusion.fuse(facial: results.facial, voice: results.voice, text: results.text)
        return Self.json(try fused.json(unavailable: unavailable))
    }

    /// - Returns: nil where the networks cannot be loaded, unless the result is required.
    private func facialResult(
        of picture: [UInt8], before deadline: ContinuousClock.Instant, isRequired: Bool
    ) async throws -> FacialResult? {
        do {
            return try await queue.analyze(picture, before: deadline).facialResult
        } catch {
            if case .modelUnavailable = error, !isRequired { return nil }
            throw error
        }
    }

    /// - Returns: nil where nobody speaks or the network cannot be loaded, unless the result is required.
    private func voiceResult(
        of sound: [UInt8], before deadline: ContinuousClock.Instant, isRequired: Bool
    ) async throws -> VoiceResult? {
        do {
            let heard = try await voices.analyze(sound, before: deadline, holding: { reader.hold(byteCount: $0) })
                .emotions
            return VoiceResult(
                success: true, emotions: LabelledEmotions(heard.emotions),
                dominantEmotion: heard.dominantEmotion.rawValue, confidence: heard.confidence)
        } catch {
            if !isRequired, error.concernsVoiceAlone { return nil }
            throw error
        }
    }

    /// What a finished result must say, as `emotion fuse` asks of its files.
    private static func check(_ results: (facial: FacialResult?, voice: VoiceResult?, text: TextResult?))
        throws(Problem)
    {
        func missing(_ field: String) -> Problem {
            Problem(.missingField, "The field \(field) is missing.", field: field)
        }
        if let facial = results.facial, facial.success != false {
            guard facial.emotions != nil else { throw missing("facial.emotions") }
            guard facial.faceDetected != nil else { throw missing("facial.face_detected") }
        }
        if let voice = results.voice, voice.success != false, voice.emotions == nil { throw missing("voice.emotions") }
        if let text = results.text, text.success != false, text.qualityScore == nil {
            throw missing("text.quality_score")
        }
        for (field, confidence) in [
            ("facial.confidence", results.facial?.confidence), ("voice.confidence", results.voice?.confidence),
        ] {
            guard (0...1).contains(confidence ?? 0) else {
                throw Problem(.invalidField, "\(field) is no probability.", field: field)
            }
        }
    }
}

extension MultimodalResult {
    /// All of the original's keys; parts that are missing are `null`.
    fileprivate func json(unavailable: [Modality]) throws -> JSONValue {
        [
            "success": .boolean(success), "confidence_score": try JSONValue(encoding: confidenceScore),
            "clarity_score": try JSONValue(encoding: clarityScore),
            "engagement_score": try JSONValue(encoding: engagementScore),
            "facial": try JSONValue(encoding: facial), "voice": try JSONValue(encoding: voice),
            "text": try JSONValue(encoding: text),
            "fused_emotions": try JSONValue(encoding: fusedEmotions),
            "extra_labels": try JSONValue(encoding: extraLabels),
            "recommendations": try JSONValue(encoding: recommendations), "weights": try JSONValue(encoding: weights),
            "disagreement": try JSONValue(encoding: disagreement),
            "unavailable": .array(unavailable.map { .string($0.rawValue) }),
        ]
    }
}

extension VoiceQueueError {
    /// Whether the request is well made and only its sound says nothing.
    fileprivate var concernsVoiceAlone: Bool {
        switch self {
        case .noSpeech, .modelUnavailable: true
        case .sound, .unreadable, .queueFull, .deadlineExceeded, .busy: false
        }
    }
}
