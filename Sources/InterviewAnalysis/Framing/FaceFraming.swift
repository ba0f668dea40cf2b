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
    public init?(box: FaceBox, pictureWidth: Int, pictureHeight: Int, brightness: Double? = nil) {
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
        /// Those by which a picture is called too dark or too bright to be judged are wider.
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
