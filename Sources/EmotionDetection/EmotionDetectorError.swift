public import FaceDetection
import FaceMesh
public import ModelWeights
public import WeightFile

/// Why a detector could not be made or used: whose weights, and what was wrong with them in which file.
public enum EmotionDetectorError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The emotion network's weights are missing, damaged or of another network.
    case emotionWeights(WeightError)
    /// MTCNN's weights are missing, damaged or of another network.
    case faceDetectorWeights(WeightError)
    /// The cascade's file is missing, damaged or does not describe a cascade.
    case cascadeWeights(CascadeError)
    /// A weight file of the face mesh is damaged or of another network.
    case meshWeights(WeightError)
    /// A bundled weight file of this name lies in none of the folders that were searched.
    case missingWeights(file: String, search: WeightSearch)

    public var description: String {
        switch self {
        case .emotionWeights(let reason): "emotion weights: \(reason)"
        case .faceDetectorWeights(let reason): "face detector weights: \(reason)"
        case .cascadeWeights(let reason): "cascade weights: \(reason)"
        case .meshWeights(let reason): "face mesh weights: \(reason)"
        case .missingWeights(let file, let search):
            "the weights \(file) are in none of the folders that were searched: \(search); "
                + "install them with make install, or name their folder in \(WeightSearch.environmentVariable)"
        }
    }
}

extension EmotionDetectorError {
    init(_ error: FaceMesherError) {
        self =
            switch error {
            case .missingWeights(let file, let search): .missingWeights(file: file, search: search)
            case .weights(let reason): .meshWeights(reason)
            }
    }
}
