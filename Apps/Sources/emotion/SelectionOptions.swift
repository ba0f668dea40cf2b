import ArgumentParser
import EmotionDetection

/// The options that say which of several faces are wanted.
struct SelectionOptions: ParsableArguments {
    /// What puts one face before another.
    enum Order: String, ExpressibleByArgument, CaseIterable {
        case size
        case confidence
        case center

        var ranking: FaceSelection.Ranking {
            switch self {
            case .size: .size
            case .confidence: .confidence
            case .center: .centerWeighted
            }
        }
    }

    @Option(help: "Which faces come first: the largest, the surest, or the large ones near the middle.")
    var order = Order.size

    @Option(help: ArgumentHelp("The most faces of a picture. (default: all)", valueName: "N"))
    var maxFaces: Int?

    func validate() throws {
        if let maxFaces, !(1...10_000).contains(maxFaces) {
            throw ValidationError("--max-faces must be 1 to 10,000, not \(maxFaces).")
        }
    }

    var selection: FaceSelection { FaceSelection(order.ranking, limit: maxFaces) }
}
