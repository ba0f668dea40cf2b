#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Results as other programs write them: what a model must have said is asked for, so that a wrong file is not taken for
// a model without an opinion.

extension FacialResult {
    /// Reads one JSON object such as a line of `emotion analyze --json`.
    ///
    /// - Throws: ``FusionError``; `emotions` may be missing only where `success` or `face_detected` is false.
    public init(json: [UInt8]) throws(FusionError) {
        self = try ModelJSON.decode(json, of: .facial)
        guard success == false || faceDetected == false || emotions != nil else {
            throw .missingField(.facial, field: "emotions")
        }
        guard faceDetected != nil || success == false else { throw .missingField(.facial, field: "face_detected") }
        // `emotion analyze --no-assume-face` writes an empty object where there is no face.
        if emotions?.total == 0 { emotions = nil }
    }
}

extension VoiceResult {
    /// Reads one JSON object.
    ///
    /// - Throws: ``FusionError``; `emotions` may be missing only where `success` is false.
    public init(json: [UInt8]) throws(FusionError) {
        self = try ModelJSON.decode(json, of: .voice)
        guard success == false || emotions != nil else { throw .missingField(.voice, field: "emotions") }
    }
}

extension TextResult {
    /// Reads one JSON object.
    ///
    /// - Throws: ``FusionError``; `quality_score` may be missing only where `success` is false.
    public init(json: [UInt8]) throws(FusionError) {
        self = try ModelJSON.decode(json, of: .text)
        guard success == false || qualityScore != nil else { throw .missingField(.text, field: "quality_score") }
    }
}

/// One JSON object of a model, its faults told by the path of the field.
private enum ModelJSON {
    static func decode<Result: Decodable>(_ json: [UInt8], of modality: Modality) throws(FusionError) -> Result {
        do {
            return try JSONDecoder().decode(Result.self, from: Data(json))
        } catch let error as DecodingError {
            throw fault(error, of: modality)
        } catch {
            throw .notJSON(modality)
        }
    }

    private static func fault(_ error: DecodingError, of modality: Modality) -> FusionError {
        switch error {
        case .typeMismatch(let type, let context) where !context.codingPath.isEmpty:
            .invalidField(modality, field: path(context.codingPath), reason: "\(expectation(of: type)) is expected")
        case .valueNotFound(let type, let context) where !context.codingPath.isEmpty:
            .invalidField(
                modality, field: path(context.codingPath), reason: "\(expectation(of: type)) is expected, not null")
        case .keyNotFound(let key, let context):
            .missingField(modality, field: path(context.codingPath + [key]))
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            .invalidField(modality, field: path(context.codingPath), reason: context.debugDescription)
        default: .notJSON(modality)
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map { "[\($0)]" } ?? "." + $0.stringValue }.joined().drop { $0 == "." }.description
    }

    private static func expectation(of type: any Any.Type) -> String {
        switch type {
        case is Double.Type, is Int.Type, is Int32.Type: "a number"
        case is Bool.Type: "true or false"
        case is String.Type: "a text"
        case is [Any].Type: "a list"
        default: "an object"
        }
    }
}
