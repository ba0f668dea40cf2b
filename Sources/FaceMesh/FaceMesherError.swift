public import ModelWeights
public import WeightFile

/// Why a mesher could not be made.
public enum FaceMesherError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A network's weights are damaged or of another network.
    case weights(WeightError)
    /// A bundled weight file of this name lies in none of the folders that were searched.
    case missingWeights(file: String, search: WeightSearch)

    public var description: String {
        switch self {
        case .weights(let reason): "mesh weights: \(reason)"
        case .missingWeights(let file, let search):
            "the weights \(file) are in none of the folders that were searched: \(search); "
                + "install them with make install, or name their folder in \(WeightSearch.environmentVariable)"
        }
    }
}
