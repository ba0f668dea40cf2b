public import Imaging
internal import TensorEngine

/// How well a face is captured: whether its expression can be scored at all, and if not, why.
public struct CaptureQuality: Hashable, Sendable {
    /// Mean brightness of the face, 0 black…1 white.
    public let brightness: Double
    /// Standard deviation of the brightness, 0…0.5.
    public let contrast: Double
    /// Fine detail: variance of the Laplacian over variance of the brightness, the face at 64×64 pixels.
    ///
    /// At one size for all, so faces of different sizes compare; by its own contrast, so dark ones are not called blurred.
    /// A face smaller than 64 pixels has less detail and says so; a noisy picture has more than its focus deserves.
    public let sharpness: Double
    /// The shorter side of the face's box in pixels.
    public let sidePixels: Double
    /// The part of the face's box inside the picture, 0…1.
    public let visiblePart: Double
    /// Which way the head is turned; nil where the detector located no landmarks. Turn and tilt are held against their
    /// limits, the pitch is not: it follows the smile.
    public let pose: HeadPose?
    /// What is wrong, the worst first; empty where the face is good enough.
    public let issues: [CaptureIssue]
    /// 1 where every limit is met; otherwise how near the worst measure comes to its limit, 0…1.
    public let score: Double

    /// The one reason to give; nil where the face is good enough.
    public var issue: CaptureIssue? { issues.first }
    /// Whether the face meets every limit.
    public var isGoodEnough: Bool { issues.isEmpty }

    /// Side in pixels at which brightness and detail are measured.
    private static let measuredSide = 64

    /// Measures `face` in the picture it was found in.
    ///
    /// - Complexity: O(pixels of the face's box).
    public init(of face: DetectedFace, in image: Image, limits: Limits = Limits()) {
        let box = face.imageBox
        let gray = image.resized(from: box, to: Size(side: Self.measuredSide)).gray()
        let (mean, variance) = Self.meanAndVariance(gray)
        brightness = mean / 255
        contrast = variance.squareRoot() / 255
        sharpness = variance > 0 ? Self.laplacianVariance(gray) / variance : 0
        sidePixels = min(box.width, box.height)
        visiblePart = box.area > 0 ? box.intersection(image.bounds).area / box.area : 0
        pose = face.landmarks.flatMap(HeadPose.init)
        let shortfalls = limits.shortfalls(
            brightness: brightness, contrast: contrast, sharpness: sharpness, sidePixels: sidePixels,
            visiblePart: visiblePart, pose: pose)
        issues = shortfalls.map(\.issue)
        score = shortfalls.map { max($0.share, 0) }.min() ?? 1
    }

    private static func meanAndVariance(_ image: GrayImage) -> (mean: Double, variance: Double) {
        moments(image.pixels.lazy.map(Int.init), count: image.pixels.count)
    }

    /// Variance of each inner pixel's four neighbours less four times itself.
    private static func laplacianVariance(_ image: GrayImage) -> Double {
        let (luma, width, height) = (image.pixels, image.width, image.height)
        var laplacians: [Int] = []
        laplacians.reserveCapacity((width - 2) * (height - 2))
        for row in 1..<(height - 1) {
            for pixel in (row * width + 1)..<((row + 1) * width - 1) {
                let beside = Int(luma[pixel - 1]) + Int(luma[pixel + 1])
                let above = Int(luma[pixel - width]) + Int(luma[pixel + width])
                laplacians.append(beside + above - 4 * Int(luma[pixel]))
            }
        }
        return moments(laplacians, count: laplacians.count).variance
    }

    /// Exact: the sums are whole numbers.
    private static func moments(_ values: some Sequence<Int>, count: Int) -> (mean: Double, variance: Double) {
        var (sum, squares) = (0, 0)
        for value in values {
            sum += value
            squares += value * value
        }
        let mean = Double(sum) / Double(count)
        return (mean, Double(squares) / Double(count) - mean * mean)
    }
}

extension CaptureQuality {
    /// What a face must meet to be good enough; the defaults suit a person before a webcam.
    public struct Limits: Hashable, Sendable {
        /// Least and greatest mean brightness, 0…1.
        public var brightness: ClosedRange<Double>
        public var leastContrast: Double
        /// Of 297 faces of web photographs 99 in a hundred had more than 0.065, and of their copies that were shrunk to a
        /// quarter and enlarged again 95 in a hundred less than 0.027.
        public var leastSharpness: Double
        /// Least side of the face's box in pixels.
        public var leastSide: Double
        /// The least part of the box inside the picture, 0…1.
        public var leastVisiblePart: Double
        /// Most degrees to either side.
        public var largestYaw: Double
        public var largestRoll: Double

        public init(
            brightness: ClosedRange<Double> = 0.15...0.88, leastContrast: Double = 0.04,
            leastSharpness: Double = 0.03, leastSide: Double = 40, leastVisiblePart: Double = 0.9,
            largestYaw: Double = 35, largestRoll: Double = 30
        ) {
            self.brightness = brightness
            self.leastContrast = leastContrast
            self.leastSharpness = leastSharpness
            self.leastSide = leastSide
            self.leastVisiblePart = leastVisiblePart
            self.largestYaw = largestYaw
            self.largestRoll = largestRoll
        }

        /// Every limit that is not met, the one to put right first in front: where the face is, then light, then focus,
        /// then turn and tilt; with each, how near the measure comes to its limit, 0…1.
        func shortfalls(
            brightness: Double, contrast: Double, sharpness: Double, sidePixels: Double, visiblePart: Double,
            pose: HeadPose?
        ) -> [(issue: CaptureIssue, share: Double)] {
            var shares: [(issue: CaptureIssue, share: Double)] = [
                (.cutOff, visiblePart / leastVisiblePart),
                (.tooSmall, sidePixels / leastSide),
                (.tooDark, brightness / self.brightness.lowerBound),
                (.tooBright, (1 - brightness) / (1 - self.brightness.upperBound)),
                (.lowContrast, contrast / leastContrast),
                (.blurred, sharpness / leastSharpness),
            ]
            if let pose {
                shares += [
                    (.turnedAside, largestYaw / abs(pose.yaw)),
                    (.tilted, largestRoll / abs(pose.roll)),
                ]
            }
            // A limit of nothing is always met: what is divided by zero is infinite or no number, and so not below 1.
            return shares.filter { $0.share < 1 }
        }
    }
}

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

// JSON with the names of `quality` in `emotion analyze --json`, see `Docs/Formats.md`.

extension CaptureQuality: Codable {
    /// Reads what ``encode(to:)`` and `emotion analyze --json` write.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        brightness = try container.decode(Double.self, forKey: .brightness)
        contrast = try container.decode(Double.self, forKey: .contrast)
        sharpness = try container.decode(Double.self, forKey: .sharpness)
        sidePixels = try container.decode(Double.self, forKey: .sidePixels)
        visiblePart = try container.decode(Double.self, forKey: .visiblePart)
        pose = try Self.pose(in: container)
        issues = try container.decode([CaptureIssue].self, forKey: .issues)
        score = try container.decode(Double.self, forKey: .score)
    }

    /// Writes everything that was measured; `good_enough` and `reason` follow from the issues and are not read back.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isGoodEnough, forKey: .goodEnough)
        try container.encode(score, forKey: .score)
        try container.encode(issues, forKey: .issues)
        try container.encode(issue?.message, forKey: .reason)
        try container.encode(brightness, forKey: .brightness)
        try container.encode(contrast, forKey: .contrast)
        try container.encode(sharpness, forKey: .sharpness)
        try container.encode(sidePixels, forKey: .sidePixels)
        try container.encode(visiblePart, forKey: .visiblePart)
        try container.encode(pose?.roll, forKey: .roll)
        try container.encode(pose?.yaw, forKey: .yaw)
        try container.encode(pose?.pitch, forKey: .pitch)
    }

    /// All three angles, or null for each where there are no landmarks.
    private static func pose(in container: KeyedDecodingContainer<CodingKeys>) throws -> HeadPose? {
        guard let roll = try container.decodeIfPresent(Double.self, forKey: .roll) else { return nil }
        return HeadPose(
            roll: roll, yaw: try container.decode(Double.self, forKey: .yaw),
            pitch: try container.decode(Double.self, forKey: .pitch))
    }

    enum CodingKeys: String, CodingKey {
        case goodEnough = "good_enough"
        case score, issues, reason, brightness, contrast, sharpness
        case sidePixels = "side_pixels"
        case visiblePart = "visible_part"
        case roll, yaw, pitch
    }
}
