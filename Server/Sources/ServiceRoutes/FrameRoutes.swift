import FoundationEssentials
import Hummingbird
import PracticeSessions
import ReplyJSON

// Frames of a session: as JSON, one or many; as a form; or as a picture with its time in the address.

extension ServiceRoutes {
    private struct SentFrame: Decodable {
        let timestamp: Double
        let image: String
    }

    private struct SentFrames: Decodable {
        let frames: [SentFrame]

        /// A list of frames, or one frame in its place.
        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            frames =
                container.contains(.frames)
                ? try container.decode([SentFrame].self, forKey: .frames) : [try SentFrame(from: decoder)]
        }

        enum CodingKeys: String, CodingKey { case frames }
    }

    private struct SentRestingFrames: Decodable {
        let frames: [SentFrame]
    }

    func addFrames(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try id(context)
        let kind = BodyKind(request)
        if case .other = kind {
            throw Self.unsupported("application/json, multipart/form-data, image/jpeg and image/png")
        }
        let body = try await reader.collect(request, context: context)
        let frames: [PracticeSessions.Frame]
        var held: HeldBytes?
        switch kind {
        case .json:
            frames = try Self.frames(RequestJSON.decode(SentFrames.self, from: body.bytes).frames)
            held = try reader.hold(frames.map(\.picture))
        case .multipart(let boundary):
            frames = [try Self.frame(MultipartForm(body.bytes, boundary: boundary))]
            held = try reader.hold(frames.map(\.picture))
        case .picture, .other:
            guard let text = request.uri.queryParameters["timestamp"] else {
                throw Problem(
                    .missingField, "The time of the picture is missing: ?timestamp=SECONDS.", field: "timestamp")
            }
            frames = [PracticeSessions.Frame(timestamp: try Self.time(String(text)), picture: body.bytes)]
        }
        defer { withExtendedLifetime((body, held)) {} }
        let (replies, count) = try await sessions.add(frames, to: id, owner: context.owner, before: deadline)
        return Self.json([
            "success": true, "session_id": .string(id.uuidString.lowercased()), "frame_count": .integer(count),
            "frames": .array(replies),
        ])
    }

    func captureRestingFace(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try id(context)
        guard case .json = BodyKind(request) else { throw Self.unsupported("application/json") }
        let body = try await reader.collect(request, context: context)
        let frames = try Self.frames(RequestJSON.decode(SentRestingFrames.self, from: body.bytes).frames)
        let held = try reader.hold(frames.map(\.picture))
        defer { withExtendedLifetime((body, held)) {} }
        let capture = try await sessions.captureRestingFace(frames, of: id, owner: context.owner, before: deadline)
        return Self.json(capture.json)
    }

    private static func frames(_ sent: [SentFrame]) throws(Problem) -> [PracticeSessions.Frame] {
        guard !sent.isEmpty else { throw Problem(.invalidField, "There are no frames.", field: "frames") }
        guard sent.count <= ServiceSettings.Fields.framesPerRequest else {
            throw Problem(
                .tooManyFrames, "A request has at most \(ServiceSettings.Fields.framesPerRequest) frames.",
                field: "frames")
        }
        var frames: [PracticeSessions.Frame] = []
        for frame in sent {
            try checkTime(frame.timestamp, field: "timestamp")
            frames.append(
                PracticeSessions.Frame(
                    timestamp: frame.timestamp, picture: try PictureUpload.bytes(fromBase64: frame.image)))
        }
        return frames
    }

    private static func frame(_ form: MultipartForm) throws(Problem) -> PracticeSessions.Frame {
        guard let text = try form.text("timestamp") else {
            throw Problem(.missingField, "The part timestamp is missing.", field: "timestamp")
        }
        guard let part = try form.part("image") else {
            throw Problem(.missingField, "The part image is missing.", field: "image")
        }
        return PracticeSessions.Frame(timestamp: try time(text), picture: try PictureUpload.bytes(from: part))
    }

    private static func time(_ text: String) throws(Problem) -> Double {
        guard let seconds = Double(text) else {
            throw Problem(.invalidField, "timestamp is a number of seconds.", field: "timestamp")
        }
        try checkTime(seconds, field: "timestamp")
        return seconds
    }
}
