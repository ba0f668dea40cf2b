import Emotions

extension Emotion {
    /// The movements of a face that people, and a classifier trained on their labels, mostly read as this expression.
    ///
    /// - Source: the action units of the prototypes in Ekman, Friesen and Hager, Facial Action Coding System:
    ///   Investigator's Guide, 2002, table 10-1.
    var movements: String {
        switch self {
        case .angry: "lowered brows and pressed lips"
        case .disgust: "a wrinkled nose and a raised upper lip"
        case .fear: "raised, drawn brows and stretched lips"
        case .happy: "raised cheeks and corners of the mouth"
        case .sad: "raised inner brows and lowered corners of the mouth"
        case .surprise: "raised brows and an open mouth"
        case .neutral: "a face at rest"
        }
    }

    /// What to do about those movements, for the four that lower the score.
    var remedy: String? {
        switch self {
        case .angry: "let your brows rise and your lips part while you think"
        case .disgust: "keep nose and upper lip loose while you think"
        case .fear: "let your brows come down and breathe out before you answer"
        case .sad: "let your forehead go smooth and lift the corners of your mouth a little"
        case .happy, .surprise, .neutral: nil
        }
    }
}
