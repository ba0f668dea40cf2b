public import TensorEngine
public import WeightFile

/// Named tensors that another implementation computed, from a weight file in the folder `Fixtures` of a target of tests.
///
/// Names are `<case>.<what>`, attributes of a case stand under `<case>.<attribute>` in the metadata.
public struct ReferenceTensors: Sendable {
    private let file: WeightReader

    /// - Parameter source: leave it out; it is the path of the test.
    public init(_ name: String, beside source: String = #filePath) throws {
        file = try WeightReader(contentsOf: Fixture.path(name, beside: source))
    }

    /// The tensors below a case, as a layer reads them.
    public func scope(_ name: String) -> WeightScope { file.root.child(name) }

    public func tensor(_ name: String) throws -> Tensor {
        guard let shape = file.shapes[name] else { throw WeightError.missingTensor(path: file.path, name: name) }
        return try file.root.tensor(name, shape: shape)
    }

    public func has(_ name: String) -> Bool { file.shapes[name] != nil }

    public func attribute(_ name: String) throws -> String { try file.value(name) }

    public func number(_ name: String) throws -> Int {
        let text = try file.value(name)
        guard let number = Int(text) else {
            throw WeightError.invalidMetadata(path: file.path, key: name, value: text)
        }
        return number
    }

    /// The padding that a case names: `valid`, `same`, or `symmetric` for its kernel.
    public func padding(_ name: String) throws -> Padding {
        switch try attribute(name + ".padding") {
        case "same": .same
        case "valid": .valid
        default: .symmetric((try number(name + ".kernel") - 1) / 2)
        }
    }

    /// The cases whose names begin with `prefix`, sorted.
    public func cases(_ prefix: String) -> [String] {
        let names = file.shapes.keys.compactMap { name in
            name.hasSuffix(".expected") ? String(name.dropLast(".expected".count)) : nil
        }
        return names.filter { $0.hasPrefix(prefix) }.sorted()
    }
}
