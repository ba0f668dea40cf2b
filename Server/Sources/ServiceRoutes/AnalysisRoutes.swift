import EmotionDetection
import Hummingbird
import InferenceQueue
import ReplyJSON
import VoiceEmotion
import VoiceQueue

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
        var held: HeldBytes?
        switch kind {
        case .json:
            picture = try PictureUpload.bytes(
                fromBase64: RequestJSON.decode(FacialRequest.self, from: body.bytes).image)
            held = try reader.hold([picture])
        case .multipart(let boundary):
            guard let part = try MultipartForm(body.bytes, boundary: boundary).part("image") else {
                throw Problem(.missingField, "The part image is missing.", field: "image")
            }
            picture = try PictureUpload.bytes(from: part)
            held = try reader.hold([picture])
        case .picture, .other: picture = body.bytes
        }
        // The budget is right only while what is in memory counts: until the picture was looked at.
        defer { withExtendedLifetime((body, held)) {} }
        let analysis = try await queue.analyze(picture, before: deadline)
        return Self.json(analysis.json(model: try detector.emotionModel))
    }

    private func analyzeVoice(_ request: Request, _ context: ServiceContext) async throws -> Response {
        guard case .multipart(let boundary) = BodyKind(request) else { throw Self.unsupported("multipart/form-data") }
        let body = try await reader.collect(request, context: context)
        guard let part = try MultipartForm(body.bytes, boundary: boundary).part("audio") else {
            throw Problem(.missingField, "The part audio is missing.", field: "audio")
        }
        guard !part.content.isEmpty else { throw Problem(.invalidField, "The recording is empty.", field: "audio") }
        let sound = Array(part.content)
        let held = try reader.hold([sound])
        defer { withExtendedLifetime((body, held)) {} }
        let heard = try await voices.analyze(sound, before: deadline, holding: { reader.hold(byteCount: $0) })
        return Self.json(try JSONValue(encoding: VoiceReply(heard: heard)))
    }

    private struct TextRequest: Decodable {
        let text: String
        let question: String?
    }

    private func analyzeText(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let answer = try await json(TextRequest.self, from: request, context)
        let analysis = try await answers.analysis(of: answer.text, question: answer.question)
        return Self.json(try JSONValue(encoding: analysis))
    }
}

/// What is answered to a recording: the original's fields, what they rest on, and what was measured.
private struct VoiceReply: Encodable {
    let heard: HeardVoice

    enum CodingKeys: String, CodingKey { case success, measurements }

    func encode(to encoder: any Encoder) throws {
        try heard.emotions.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(true, forKey: .success)
        try container.encode(heard.measured, forKey: .measurements)
    }
}
