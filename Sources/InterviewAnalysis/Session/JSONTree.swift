#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Any JSON value, to compare two of them and name the first place where they differ.
enum JSONTree: Decodable {
    case object([String: JSONTree])
    case array([JSONTree])
    case number(Double)
    case text(String)
    case bool(Bool)
    case null

    /// Keys of words for people: they may be put better from version to version and are made anew.
    private static let words: Set<String> = ["headline", "advice"]

    /// The JSON of a value.
    init(_ value: some Encodable) throws(SessionError) {
        do {
            self = try JSONDecoder().decode(JSONTree.self, from: JSONEncoder().encode(value))
        } catch {
            throw .malformed(reason: SessionError.reason(for: error))
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let elements = try? container.decode([JSONTree].self) {
            self = .array(elements)
        } else if let members = try? container.decode([String: JSONTree].self) {
            self = .object(members)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let bool = try? container.decode(Bool.self) {
            self = .bool(bool)
        } else {
            self = .null
        }
    }

    /// The first difference from what was derived, in the order of keys; nil for equal trees.
    func difference(from derived: JSONTree, tolerance: Double) -> (path: String, reason: String)? {
        switch (self, derived) {
        case (.object(let found), .object(let expected)):
            for key in Set(found.keys).union(expected.keys).subtracting(Self.words).sorted() {
                guard let old = found[key], let new = expected[key] else {
                    return (".\(key)", found[key] == nil ? "it is missing" : "the frames give no such number")
                }
                if let inner = old.difference(from: new, tolerance: tolerance) {
                    return (".\(key)\(inner.path)", inner.reason)
                }
            }
            return nil
        case (.array(let found), .array(let expected)):
            guard found.count == expected.count else {
                return ("", "it has \(found.count) entries, and the frames give \(expected.count)")
            }
            for (index, pair) in zip(found, expected).enumerated() {
                if let inner = pair.0.difference(from: pair.1, tolerance: tolerance) {
                    return ("[\(index)]\(inner.path)", inner.reason)
                }
            }
            return nil
        case (.number(let found), .number(let expected)):
            guard abs(found - expected) <= tolerance * max(1, abs(expected)) else {
                return ("", "it is \(found), and the frames give \(expected)")
            }
            return nil
        case (.text(let found), .text(let expected)):
            return found == expected ? nil : ("", "it is “\(found)”, and the frames give “\(expected)”")
        case (.bool(let found), .bool(let expected)):
            return found == expected ? nil : ("", "it is \(found), and the frames give \(expected)")
        case (.null, .null): return nil
        default: return ("", "it is of another kind than the frames give")
        }
    }
}
