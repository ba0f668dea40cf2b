/// What is wrong with the picture of a face, and what to do about it.
public enum CaptureIssue: String, Hashable, Sendable, CaseIterable, Codable {
    case cutOff = "cut_off"
    case tooSmall = "too_small"
    case tooDark = "too_dark"
    case tooBright = "too_bright"
    case lowContrast = "low_contrast"
    case blurred
    case turnedAside = "turned_aside"
    case tilted

    /// One plain sentence for the person before the camera.
    public var message: String {
        switch self {
        case .cutOff: "The face reaches over the edge of the picture: move towards the middle."
        case .tooSmall: "The face is too small: come closer to the camera."
        case .tooDark: "The face is too dark: turn towards a light."
        case .tooBright: "The face is too bright: dim the light or turn away from it."
        case .lowContrast: "The face has little contrast: light it from one side or clean the lens."
        case .blurred: "The face is blurred: hold still, focus the camera or clean the lens."
        case .turnedAside: "The face is turned aside: look towards the camera."
        case .tilted: "The head is tilted: hold it upright."
        }
    }
}
