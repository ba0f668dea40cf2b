package import Imaging
internal import TensorEngine

/// How much the faces of a video change: a living face moves even when it rests, a photograph shows noise alone.
///
/// Each face is compared with a reference picture of the same place that is at least ``leastSeconds`` old, so that it says
/// the same at any step between frames. The place is that of the reference in both. Cut out by each frame's own box, a
/// still photograph would seem to move as much as somebody who talks, since the detector's boxes tremble.
package struct FaceChange: Sendable {
    private var references: [Int: Reference] = [:]

    /// What was to be seen of a face, where and when.
    private struct Reference {
        let box: Rect
        let pattern: Pattern
        let timestamp: Double
    }

    /// The least age in seconds of what a face is compared with.
    package static let leastSeconds = 0.5
    /// Times of videos are sums of fractions.
    private static let tolerance = 1e-3

    package init() {}

    /// The change of each face since its reference, which this frame then takes the place of; nothing for a face whose
    /// reference is younger than ``leastSeconds``, and nil where either picture is flat.
    ///
    /// - Parameter boxes: of faces by the ids of their tracks; those that are not among them are forgotten.
    /// - Complexity: O(pixels of the boxes).
    package mutating func update(_ boxes: [(id: Int, box: Rect)], in image: Image, at timestamp: Double) -> [Int:
        Double]
    {
        var changes: [Int: Double] = [:]
        var next: [Int: Reference] = [:]
        for (id, box) in boxes {
            if let before = references[id] {
                guard timestamp - before.timestamp >= Self.leastSeconds - Self.tolerance else {
                    next[id] = before
                    continue
                }
                changes[id] = Pattern(in: before.box, of: image).change(since: before.pattern)
            }
            next[id] = Reference(box: box, pattern: Pattern(in: box, of: image), timestamp: timestamp)
        }
        references = next
        return changes
    }
}

/// A face in two bands: the mean gray of 16 × 16 cells, in which movement shows, and what the pixels differ from it, in
/// which noise shows more.
private struct Pattern {
    /// Cells in a row and in a column, and pixels in a row of each.
    private static let (cells, cellSide) = (16, 4)
    /// Of the variance of the fine band, the part that noise has in the coarse one. Noise of independent pixels would
    /// leave a fifteenth; resampling and compression spread it over neighbours. Chosen by measurement, see
    /// `Docs/SessionQuality.md`.
    private static let noisePart = 0.4

    /// Gray less its mean over the standard deviation, so that another exposure is no change; empty where it is flat.
    private var coarse: [Double] = []
    /// Of each pixel, its difference from its cell, in gray levels.
    private var fine: [Double] = []
    /// Standard deviation of the cells in gray levels.
    private var contrast = 0.0

    init(in box: Rect, of image: Image) {
        let side = Self.cells * Self.cellSide
        let gray = image.resized(from: box, to: Size(side: side)).gray().pixels
        var means = [Double](repeating: 0, count: Self.cells * Self.cells)
        func cell(of pixel: Int) -> Int {
            pixel / side / Self.cellSide * Self.cells + pixel % side / Self.cellSide
        }
        for pixel in gray.indices {
            means[cell(of: pixel)] += Double(gray[pixel]) / Double(Self.cellSide * Self.cellSide)
        }
        fine = gray.indices.map { Double(gray[$0]) - means[cell(of: $0)] }
        let mean = means.reduce(0, +) / Double(means.count)
        contrast = (means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(means.count)).squareRoot()
        if contrast > 0 { coarse = means.map { ($0 - mean) / contrast } }
    }

    /// Root mean square of the change in the coarse band, less what noise as strong as in the fine band leaves there;
    /// 0…2, in standard deviations of the face. Nil where either is flat.
    func change(since before: Pattern) -> Double? {
        guard !coarse.isEmpty, !before.coarse.isEmpty else { return nil }
        let noise = Self.meanSquare(of: fine, before.fine) / (contrast * contrast)
        return max(0, Self.meanSquare(of: coarse, before.coarse) - Self.noisePart * noise).squareRoot()
    }

    private static func meanSquare(of first: [Double], _ second: [Double]) -> Double {
        zip(first, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(first.count)
    }
}
