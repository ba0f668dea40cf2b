/// What is wrong with the place of a face in the picture.
public enum FramingIssue: String, Codable, Sendable, Hashable, CaseIterable {
    case tooFar = "too_far"
    case tooClose = "too_close"
    case offCenter = "off_center"
    case littleHeadroom = "little_headroom"
    case muchHeadroom = "much_headroom"
    case tooDark = "too_dark"
    case tooBright = "too_bright"

    /// What to do about it, for the person before the camera.
    public var advice: String {
        switch self {
        case .tooFar: "Come closer to the camera: your face is small in the picture."
        case .tooClose: "Move back a little: your face fills the picture."
        case .offCenter: "Move to the middle of the picture."
        case .littleHeadroom: "Leave some room above your head: lower yourself or raise the camera's view."
        case .muchHeadroom: "There is much empty space above you: tilt the camera down or sit higher."
        case .tooDark: "Your face is dark: turn towards a window or a lamp."
        case .tooBright: "Your face is very bright: dim the light in front of you or turn away from it."
        }
    }
}
