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

    init(
        brightness: Double, contrast: Double, sharpness: Double, sidePixels: Double, visiblePart: Double,
        pose: HeadPose?,
        issues: [CaptureIssue], score: Double
    ) {
        (self.brightness, self.contrast, self.sharpness) = (brightness, contrast, sharpness)
        (self.sidePixels, self.visiblePart, self.pose) = (sidePixels, visiblePart, pose)
        (self.issues, self.score) = (issues, score)
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
