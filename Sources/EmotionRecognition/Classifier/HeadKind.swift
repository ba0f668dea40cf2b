/// What a head of the network was trained to answer; a weight file's metadata lists those that it holds.
public enum HeadKind: String, Sendable, Hashable {
    /// FER2013's own labels: one person's judgement of each picture.
    case fer2013
    /// FER+'s votes of ten people, over the seven expressions.
    case ferPlus = "ferplus"

    /// Where the head's layers stand in a weight file.
    var scopeName: String {
        switch self {
        case .fer2013: "head"
        case .ferPlus: "head_ferplus"
        }
    }
}
