public import ModelWeights
public import WeightFile

/// Why a scorer could not be made.
public enum VoiceEmotionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The network's weights are damaged or of another network.
    case weights(WeightError)
    /// The bundled weight file lies in none of the folders that were searched.
    case missingWeights(file: String, search: WeightSearch)

    public var description: String {
        switch self {
        case .weights(let reason): "voice weights: \(reason)"
        case .missingWeights(let file, let search):
            "the weights \(file) are in none of the folders that were searched: \(search); "
                + "install them with make install, or name their folder in \(WeightSearch.environmentVariable)"
        }
    }
}
