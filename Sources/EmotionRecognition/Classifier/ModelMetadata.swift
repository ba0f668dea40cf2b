internal import WeightFile

/// Typed access to the metadata of a weight file; a value that cannot be read is an error with its key and text.
struct ModelMetadata {
    let file: WeightReader

    func text(_ key: String) throws(WeightError) -> String { try file.value(key) }

    /// The value under `key` as `parse` understands it.
    func value<Value>(_ key: String, _ parse: (String) -> Value?) throws(WeightError) -> Value {
        let text = try text(key)
        guard let value = parse(text) else { throw .invalidMetadata(path: file.path, key: key, value: text) }
        return value
    }

    /// `count` values under `key`, separated by commas.
    func list<Element>(_ key: String, count: Int, _ parse: (String) -> Element?) throws(WeightError) -> [Element] {
        try value(key) { text in
            let elements = text.split(separator: ",", omittingEmptySubsequences: false).map { parse(String($0)) }
            let parsed = elements.compactMap { $0 }
            return parsed.count == count && elements.count == count ? parsed : nil
        }
    }
}
