/// Where a face lies in its picture, in parts of the picture.
public struct FaceFraming: Codable, Sendable, Hashable {
    /// Height of the face's box over the picture's shorter side, so that a telephone held upright compares: more is nearer.
    public let size: Double
    /// How far the middle of the face lies from the middle of the picture, over the picture's width; below 0 to the left.
    public let offset: Double
    /// Room above the face's box over the picture's height, below 0 where the box reaches over the edge.
    ///
    /// The box begins near the hairline, so hair lies in this room.
    public let headroom: Double
    /// Mean brightness of the face, 0 black…1 white; nil where it was not measured.
    public let brightness: Double?

    /// - Returns: nil for a picture or a face without area.
    public init?(box: PixelBox, pictureWidth: Int, pictureHeight: Int, brightness: Double? = nil) {
        guard pictureWidth > 0, pictureHeight > 0, box.width > 0, box.height > 0 else { return nil }
        let (width, height) = (Double(pictureWidth), Double(pictureHeight))
        size = Double(box.height) / min(width, height)
        offset = (Double(box.x) + Double(box.width) / 2) / width - 0.5
        headroom = Double(box.y) / height
        self.brightness = brightness
    }

    init(size: Double, offset: Double, headroom: Double, brightness: Double?) {
        self.size = size
        self.offset = offset
        self.headroom = headroom
        self.brightness = brightness
    }

    /// Within these a face is well framed for a conversation by video; the numbers are this package's own.
    package enum Limits {
        /// The box is about two thirds of a head's height: head and shoulders at the lower end, a close-up at the upper.
        package static let size = 0.22...0.65
        package static let offset = -0.15...0.15
        package static let headroom = 0.04...0.35
        /// Narrower than the limits beyond which a picture is too dark or too bright to be judged.
        package static let brightness = 0.22...0.85
    }

    /// What is wrong, the first to put right in front; empty where the face is well framed.
    public var issues: [FramingIssue] {
        var issues: [FramingIssue] = []
        if size < Limits.size.lowerBound { issues.append(.tooFar) }
        if size > Limits.size.upperBound { issues.append(.tooClose) }
        if !Limits.offset.contains(offset) { issues.append(.offCenter) }
        if headroom < Limits.headroom.lowerBound { issues.append(.littleHeadroom) }
        if headroom > Limits.headroom.upperBound { issues.append(.muchHeadroom) }
        if let brightness {
            if brightness < Limits.brightness.lowerBound { issues.append(.tooDark) }
            if brightness > Limits.brightness.upperBound { issues.append(.tooBright) }
        }
        return issues
    }
}

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
