import EmotionDetection
import FoundationEssentials
import Hummingbird
import InferenceQueue
import InterviewAnalysis
import ReplyJSON

// `POST /analyze/…`: one request, one answer, nothing kept.

extension ServiceRoutes {
    var analysisRoutes: [ServiceRoute] {
        [
            ServiceRoute("/analyze/facial", [.post: { try await analyzeFacial($0, $1) }]),
            ServiceRoute("/analyze/multimodal", [.post: { try await analyzeMultimodal($0, $1) }]),
            ServiceRoute("/analyze/voice", [.post: { try await analyzeVoice($0, $1) }]),
            ServiceRoute("/analyze/text", [.post: { try await analyzeText($0, $1) }]),
        ]
    }

    private struct FacialRequest: Decodable {
        let image: String
    }

    private func analyzeFacial(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let kind = BodyKind(request)
        if case .other = kind {
            throw Self.unsupported("application/json, multipart/form-data, image/jpeg and image/png")
        }
        let body = try await reader.collect(request, context: context)
        let picture: [UInt8]
        switch kind {
        case .json:
            picture = try PictureUpload.bytes(
                fromBase64: RequestJSON.decode(FacialRequest.self, from: body.bytes).image)
        case .multipart(let boundary):
            guard let part = try MultipartForm(body.bytes, boundary: boundary).part("image") else {
                throw Problem(.missingField, "The part image is missing.", field: "image")
            }
            picture = try PictureUpload.bytes(from: part)
        case .picture, .other: picture = body.bytes
        }
        let analysis = try await queue.analyze(picture, before: deadline)
        return Self.json(analysis.json(model: try detector.emotionModel))
    }

    /// Finished results of other models, or a picture.
    private struct MultimodalRequest: Decodable {
        let image: String?
        let facial: FacialResult?
        let voice: VoiceResult?
        let text: TextResult?
    }

    private func analyzeMultimodal(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let kind = BodyKind(request)
        switch kind {
        case .json, .multipart: break
        case .picture, .other: throw Self.unsupported("application/json and multipart/form-data")
        }
        let body = try await reader.collect(request, context: context)
        var picture: [UInt8]?
        var results: (facial: FacialResult?, voice: VoiceResult?, text: TextResult?) = (nil, nil, nil)
        var unavailable: [Modality] = []
        if case .multipart(let boundary) = kind {
            let form = try MultipartForm(body.bytes, boundary: boundary)
            picture = try form.part("image").map { part throws(Problem) in try PictureUpload.bytes(from: part) }
            if try form.part("audio") != nil { unavailable.append(.voice) }
            if let text = try form.text("text") {
                try Self.checkText(text)
                unavailable.append(.text)
            }
            guard picture != nil || !unavailable.isEmpty else {
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
        if let picture { results.facial = try await queue.analyze(picture, before: deadline).facialResult }
        if results.facial == nil, results.voice == nil, results.text == nil {
            throw unavailable.contains(.voice) ? Self.noVoice : Self.noText
        }
        let fused = try MultimodalFusion.fuse(facial: results.facial, voice: results.voice, text: results.text)
        return Self.json(try fused.json(unavailable: unavailable))
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

    private static var noVoice: Problem {
        Problem(.voiceNotAvailable, "This service has no model for voices yet.")
    }

    private static var noText: Problem {
        Problem(.textNotAvailable, "This service has no model for texts yet.")
    }

    private static func checkText(_ text: String) throws(Problem) {
        let limit = ServiceSettings.Fields.textCharacters
        guard (1...limit).contains(text.unicodeScalars.count) else {
            throw Problem(.invalidField, "A text has 1 to \(limit) characters.", field: "text")
        }
    }

    private func analyzeVoice(_ request: Request, _ context: ServiceContext) async throws -> Response {
        guard case .multipart(let boundary) = BodyKind(request) else { throw Self.unsupported("multipart/form-data") }
        let body = try await reader.collect(request, context: context)
        guard let part = try MultipartForm(body.bytes, boundary: boundary).part("audio") else {
            throw Problem(.missingField, "The part audio is missing.", field: "audio")
        }
        guard !part.content.isEmpty else { throw Problem(.invalidField, "The recording is empty.", field: "audio") }
        throw Self.noVoice
    }

    private struct TextRequest: Decodable {
        let text: String
        let question: String?
    }

    private func analyzeText(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let answer = try await json(TextRequest.self, from: request, context)
        try Self.checkText(answer.text)
        if let question = answer.question, question.unicodeScalars.count > ServiceSettings.Fields.questionCharacters {
            throw Problem(
                .invalidField, "A question has at most \(ServiceSettings.Fields.questionCharacters) characters.",
                field: "question")
        }
        throw Self.noText
    }
}

extension MultimodalResult {
    /// All of the original's keys; parts that are missing are `null`.
    fileprivate func json(unavailable: [Modality]) throws -> JSONValue {
        func written(_ value: (some Encodable)?) throws -> JSONValue {
            guard let value else { return .null }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return .written([UInt8](try encoder.encode(value)))
        }
        return [
            "success": .boolean(success), "confidence_score": try written(confidenceScore),
            "clarity_score": try written(clarityScore), "engagement_score": try written(engagementScore),
            "facial": try written(facial), "voice": try written(voice), "text": try written(text),
            "fused_emotions": try written(fusedEmotions), "extra_labels": try written(extraLabels),
            "recommendations": try written(recommendations), "weights": try written(weights),
            "disagreement": try written(disagreement),
            "unavailable": .array(unavailable.map { .string($0.rawValue) }),
        ]
    }
}
