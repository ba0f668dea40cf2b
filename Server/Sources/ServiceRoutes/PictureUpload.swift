import FoundationEssentials
import Hummingbird

/// What a body says it is.
enum BodyKind {
    case json
    case multipart(boundary: String)
    /// A picture as it is.
    case picture
    case other

    init(_ request: Request) {
        guard let text = request.headers[.contentType] else {
            self = .other
            return
        }
        let value = HeaderValue(text)
        switch value.main {
        case "application/json": self = .json
        case "multipart/form-data":
            self = value.parameters["boundary"].map(BodyKind.multipart) ?? .multipart(boundary: "")
        case "image/jpeg", "image/png": self = .picture
        default: self = .other
        }
    }
}

/// A picture as clients send it.
enum PictureUpload {
    /// The file in base64, bare or as a `data:` URL. Nothing is ever fetched.
    ///
    /// - Throws: ``Problem`` with `invalid_base64` or `empty_picture`.
    static func bytes(fromBase64 text: String, field: String = "image") throws(Problem) -> [UInt8] {
        var payload = Substring(text)
        if text.prefix(5).lowercased() == "data:" {
            guard let comma = text.prefix(longestPrefix).firstIndex(of: ","),
                text[..<comma].lowercased().hasSuffix(";base64")
            else { throw Problem(.invalidBase64, "A data: URL has to carry base64.", field: field) }
            payload = text[text.index(after: comma)...]
        }
        // Line breaks, as some encoders make them, are passed over; any other foreign character is an error.
        let compact = payload.utf8.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard let data = Data(base64Encoded: Data(compact)) else {
            throw Problem(.invalidBase64, "The picture is not base64.", field: field)
        }
        guard !data.isEmpty else { throw Problem(.emptyPicture, "The picture is empty.", field: field) }
        return [UInt8](data)
    }

    /// A part of a form: a file as it is, or base64 in a text field.
    static func bytes(from part: MultipartForm.Part) throws(Problem) -> [UInt8] {
        if part.isFile || part.contentType?.hasPrefix("image/") ?? false {
            guard !part.content.isEmpty else { throw Problem(.emptyPicture, "The picture is empty.", field: part.name) }
            return Array(part.content)
        }
        guard let text = String(validating: part.content, as: UTF8.self) else {
            throw Problem(.invalidBase64, "The picture is not base64.", field: part.name)
        }
        return try bytes(fromBase64: text, field: part.name)
    }

    /// `data:image/jpeg;base64,` and a little more.
    private static let longestPrefix = 128
}

/// JSON of requests.
enum RequestJSON {
    /// - Throws: ``Problem``: no JSON, or a field that is missing or of another kind.
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(Problem) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let problem as Problem {
            throw problem
        } catch let error as DecodingError {
            throw Problem(error)
        } catch {
            throw Problem(.malformedJSON, "The body is not JSON.")
        }
    }
}

extension Problem {
    fileprivate init(_ error: DecodingError) {
        func path(_ keys: [any CodingKey]) -> String {
            let names = keys.map { key in key.intValue.map { "[\($0)]" } ?? "." + key.stringValue }
            return String(names.joined().trimmingPrefix("."))
        }
        switch error {
        case .keyNotFound(let key, let context):
            let field = path(context.codingPath + [key])
            self.init(.missingField, "The field \(field) is missing.", field: field)
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            let field = path(context.codingPath)
            self.init(
                .invalidField,
                field.isEmpty ? "The body is of another kind." : "The field \(field) is of another kind.",
                field: field.isEmpty ? nil : field)
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            let field = path(context.codingPath)
            self.init(.invalidField, "The field \(field) has a value that it cannot have.", field: field)
        default: self.init(.malformedJSON, "The body is not JSON.")
        }
    }
}
