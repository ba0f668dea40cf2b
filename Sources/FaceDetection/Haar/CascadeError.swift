public import WeightFile

/// Why a cascade could not be loaded: the file itself, or what its numbers say of the cascade's structure.
public enum CascadeError: Error, Equatable, Sendable {
    /// The file is missing, damaged or holds other tensors than a cascade's.
    case weights(WeightError)
    /// The tensor `name` has `shape`, not the dimensions of a cascade's, or more rows than `limit`.
    case unexpectedShape(name: String, shape: [Int], limit: Int)
    /// The window's side is not a whole number between 3 and 256.
    case windowSide(key: String, value: String)
    /// The stage's count of stumps is not a positive whole number.
    case stumpCount(stage: Int, value: Float)
    /// The stages ask for another number of stumps than the file holds.
    case stumpTotal(expected: Int, actual: Int)
    /// The stump's feature index is not that of a feature.
    case featureIndex(stump: Int, value: Float, featureCount: Int)
    /// The rectangle is empty, not of whole pixels or reaches beyond the window.
    case rectangle(feature: Int, rectangle: Int, values: [Float])
    /// The first or second rectangle of the feature has no weight, so that there is nothing to compare.
    case missingWeight(feature: Int, rectangle: Int)
}

extension CascadeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .weights(let error): "\(error)"
        case .unexpectedShape(let name, let shape, let limit):
            "tensor \(name.debugDescription) has shape \(shape), which no cascade of at most \(limit) rows has"
        case .windowSide(let key, let value): "\(key) is \(value.debugDescription), not 3 to 256 pixels"
        case .stumpCount(let stage, let value): "stage \(stage) has \(value) stumps"
        case .stumpTotal(let expected, let actual): "the stages ask for \(expected) stumps, the file holds \(actual)"
        case .featureIndex(let stump, let value, let featureCount):
            "stump \(stump) names feature \(value) of \(featureCount)"
        case .rectangle(let feature, let rectangle, let values):
            "rectangle \(rectangle) of feature \(feature) does not lie in the window: \(values)"
        case .missingWeight(let feature, let rectangle):
            "rectangle \(rectangle) of feature \(feature) has no weight"
        }
    }
}
