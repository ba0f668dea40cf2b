/// The parts of a `multipart/form-data` body (RFC 7578), as slices of it.
package struct MultipartForm {
    /// One field of the form.
    package struct Part {
        package let name: String
        /// Whether the part names a file: its content is then taken as it is.
        package let isFile: Bool
        /// Lower-case, without parameters; nil where the part does not say.
        package let contentType: String?
        package let content: ArraySlice<UInt8>
    }

    package let parts: [Part]

    /// The longest header of a part, in bytes.
    private static let longestHeader = 4_096

    /// - Parameter boundary: of the `Content-Type`.
    /// - Throws: ``Problem`` with `malformed_multipart`.
    package init(_ body: [UInt8], boundary: String) throws(Problem) {
        let mostParts = ServiceSettings.Fields.multipartParts
        guard (1...70).contains(boundary.utf8.count) else { throw Self.malformed("a boundary has 1 to 70 characters") }
        let delimiter = Array("--\(boundary)".utf8)
        var position = try Self.start(of: body, delimiter: delimiter)
        var parts: [Part] = []
        let separator = [UInt8(ascii: "\r"), UInt8(ascii: "\n")] + delimiter
        while true {
            let rest = body[position...]
            if rest.starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")]) { break }
            guard rest.starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")]) else {
                throw Self.malformed("a delimiter is not followed by a line break")
            }
            guard parts.count < mostParts else { throw Self.malformed("there are more than \(mostParts) parts") }
            let begin = position + 2
            guard let end = body[begin...].firstIndex(of: separator) else { throw Self.malformed("a part has no end") }
            parts.append(try Self.part(body[begin..<end]))
            position = end + separator.count
        }
        self.parts = parts
    }

    /// The one part of this name; nil where there is none.
    ///
    /// - Throws: ``Problem`` with `malformed_multipart` where there are several.
    func part(_ name: String) throws(Problem) -> Part? {
        let found = parts.filter { $0.name == name }
        guard found.count <= 1 else { throw Self.malformed("there are several parts “\(name)”") }
        return found.first
    }

    /// As ``part(_:)``; nil as well for one without content.
    func filledPart(_ name: String) throws(Problem) -> Part? {
        guard let part = try part(name), !part.content.isEmpty else { return nil }
        return part
    }

    /// The text of the part of this name; nil where there is none.
    func text(_ name: String) throws(Problem) -> String? {
        guard let part = try part(name) else { return nil }
        guard let text = String(validating: part.content, as: UTF8.self) else {
            throw Problem(.invalidField, "\(name) is not text in UTF-8.", field: name)
        }
        return text
    }

    /// Behind the first delimiter; what stands before it is no part of the form.
    private static func start(of body: [UInt8], delimiter: [UInt8]) throws(Problem) -> Int {
        if body.starts(with: delimiter) { return delimiter.count }
        let separator = [UInt8(ascii: "\r"), UInt8(ascii: "\n")] + delimiter
        guard let index = body[...].firstIndex(of: separator) else {
            throw malformed("the boundary is not in the body")
        }
        return index + separator.count
    }

    private static func part(_ bytes: ArraySlice<UInt8>) throws(Problem) -> Part {
        let blank = Array("\r\n\r\n".utf8)
        guard let headerEnd = bytes.prefix(longestHeader).firstIndex(of: blank) else {
            throw malformed("a part has no header")
        }
        guard let header = String(validating: bytes[..<headerEnd], as: UTF8.self) else {
            throw malformed("a part's header is not text")
        }
        var name: String?
        var isFile = false
        var contentType: String?
        // A line break as the form has it; others, such as U+2028, may stand in a name.
        for line in header.split(separator: "\r\n" as Character) {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { throw malformed("a part's header has a line without a colon") }
            let value = HeaderValue(String(pair[1]))
            switch pair[0].lowercased() {
            case "content-disposition":
                guard value.main == "form-data" else { throw malformed("a part is no form-data") }
                name = value.parameters["name"]
                isFile = value.parameters["filename"] != nil || value.parameters["filename*"] != nil
            case "content-type": contentType = value.main
            case "content-transfer-encoding":
                guard ["binary", "8bit", "7bit"].contains(value.main) else {
                    throw malformed("a part is encoded in a way that is not read")
                }
            default: break
            }
        }
        guard let name else { throw malformed("a part has no name") }
        return Part(name: name, isFile: isFile, contentType: contentType, content: bytes[(headerEnd + blank.count)...])
    }

    private static func malformed(_ reason: String) -> Problem {
        Problem(.malformedMultipart, "The body is no multipart form: \(reason).")
    }
}

/// The value of a header with parameters: `form-data; name="image"; filename="a.jpg"`.
struct HeaderValue {
    /// What stands before the parameters, in lower case.
    let main: String
    /// By their names in lower case; the first of a name counts.
    let parameters: [String: String]

    init(_ text: String) {
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if isEscaped {
                field.append(character)
                isEscaped = false
            } else if isQuoted, character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                fields.append(field)
                field = ""
            } else {
                field.append(character)
            }
        }
        fields.append(field)
        func trimmed(_ text: some StringProtocol) -> String {
            String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        main = trimmed(fields[0]).lowercased()
        var parameters: [String: String] = [:]
        for field in fields.dropFirst() {
            let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            let name = trimmed(pair[0]).lowercased()
            if parameters[name] == nil { parameters[name] = trimmed(pair[1]) }
        }
        self.parameters = parameters
    }
}

extension ArraySlice<UInt8> {
    /// Where `pattern` first begins; nil where it is not there.
    ///
    /// - Complexity: O(count) for patterns that begin with a rare byte, O(count · pattern) at worst.
    func firstIndex(of pattern: [UInt8]) -> Int? {
        guard let first = pattern.first, count >= pattern.count else { return nil }
        return withUnsafeBufferPointer { bytes -> Int? in
            let last = bytes.count - pattern.count
            var position = 0
            while position <= last {
                if bytes[position] == first, pattern.indices.allSatisfy({ bytes[position + $0] == pattern[$0] }) {
                    return startIndex + position
                }
                position += 1
            }
            return nil
        }
    }
}
