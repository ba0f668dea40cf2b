import EmotionDetection
import Foundation
import ImageCodecs
import InferenceQueue
import PrometheusMetrics
import ServiceRoutes
import SessionStore
import Testing
import VoiceQueue

/// The OpenAPI document beside the code that it describes.
struct DocumentTests {
    private static func document() throws -> [String: Any] {
        let server = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: server.appendingPathComponent("Sources/EmotionServer/openapi.json"))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// The codes that the reply of a status may have.
    private static func codes(of response: Any) -> [String] {
        switch response {
        case let object as [String: Any]:
            let code = object["code"] as? [String: Any]
            return (code?["enum"] as? [String] ?? []) + object.values.flatMap(codes)
        case let list as [Any]: return list.flatMap(codes)
        default: return []
        }
    }

    @Test func itNamesEveryCodeAndNoOther() throws {
        let document = try Self.document()
        let components = try #require(document["components"] as? [String: Any])
        let responses = try #require(components["responses"] as? [String: Any])
        var named: [String: Set<String>] = [:]
        for (status, response) in responses { named[status] = Set(Self.codes(of: response)) }
        // It comes before any route, so no operation can name it.
        let info = try #require((document["info"] as? [String: Any])?["description"] as? String)
        #expect(info.contains("431 `headers_too_large`"))
        named["431"] = ["headers_too_large"]
        var known: [String: Set<String>] = [:]
        for code in Problem.Code.allCases { known["\(code.statusCode)", default: []].insert(code.rawValue) }
        #expect(named == known)
        for (status, response) in responses {
            let words = (response as? [String: Any])?["description"] as? String ?? ""
            for code in named[status] ?? [] {
                #expect(words.contains("`\(code)`"), "\(status) says nothing of \(code)")
            }
        }
    }

    @Test func itNamesEveryOperationAndNoOther() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let detector = try EmotionDetector(.init(loading: .onFirstUse))
        let routes = ServiceRoutes(
            settings: ServiceSettings(),
            models: ServiceModels(
                detector: detector, pictures: InferenceQueue(detector, limits: .init(decoding: .default)),
                voices: VoiceQueue(weightsIn: WeightSearch())),
            store: try SQLiteSessionStore(path: folder.appendingPathComponent("sessions.sqlite").path),
            readiness: Readiness(), metrics: PrometheusRegistry(), openAPI: [])
        let paths = try #require(try Self.document()["paths"] as? [String: [String: Any]])
        #expect(paths.mapValues { Set($0.keys).subtracting(["parameters"]) } == routes.operations)
    }
}
