package import Imaging

/// What a face looks like, coarsely: a colour thumbnail by which the same person is told from another a moment later.
///
/// No network and nothing stored of anybody: 16×16 mean colours over the face and the hair around it. Brightness and
/// contrast cancel out in ``similarity(to:)``, colour does not. Cells beyond the picture are left out of a comparison,
/// so a face half outside of it is compared by its visible half.
///
/// Deliberately not face recognition: it tells a few people of one video apart, over seconds, in the same light.
package struct FaceAppearance: Hashable, Sendable {
    /// Cells in a row and in a column.
    private static let cells = 16
    /// Samples in a row and in a column of each cell.
    private static let samples = 4
    /// Part of the box's width and height added on each side: hair tells people apart.
    private static let margin = 0.2
    /// Half the side of the square that is looked at, in distances between the eyes plus from eyes to mouth.
    private static let reach = 0.9
    /// The least part of the cells that two appearances must share to be compared.
    private static let leastShared = 0.4

    /// Red, green and blue of each cell, row by row.
    private let colors: [SIMD4<Float>]
    /// Whether the cell lies inside the picture.
    private let isInside: [Bool]

    /// The appearance of `face`.
    ///
    /// By the landmarks where there are any, so that a tilted head or a box a little aside looks the same; by the box
    /// otherwise.
    /// - Complexity: constant, 4,096 pixels are read.
    package init(of face: DetectedFace, in image: Image) {
        let count = Self.cells * Self.cells
        var colors = [SIMD4<Float>](repeating: .zero, count: count)
        var isInside = [Bool](repeating: false, count: count)
        let place = face.landmarks.flatMap(Self.place) ?? Self.place(face.imageBox)
        let step = 2 / Double(Self.cells * Self.samples)
        image.pixels.withUnsafeBufferPointer { pixels in
            for cell in 0..<count {
                let (row, column) = cell.quotientAndRemainder(dividingBy: Self.cells)
                var (sum, found) = (SIMD4<Float>.zero, Float(0))
                for sample in 0..<(Self.samples * Self.samples) {
                    let (down, across) = sample.quotientAndRemainder(dividingBy: Self.samples)
                    let point = place(
                        Point(
                            x: (Double(column * Self.samples + across) + 0.5) * step - 1,
                            y: (Double(row * Self.samples + down) + 0.5) * step - 1))
                    guard point.x >= 0, point.y >= 0, point.x < Double(image.width), point.y < Double(image.height)
                    else { continue }
                    let start = (Int(point.y) * image.width + Int(point.x)) * 3
                    sum += SIMD4(Float(pixels[start]), Float(pixels[start + 1]), Float(pixels[start + 2]), 0)
                    found += 1
                }
                // Half of a cell is enough for its mean.
                if found * 2 >= Float(Self.samples * Self.samples) {
                    (colors[cell], isInside[cell]) = (sum / found, true)
                }
            }
        }
        (self.colors, self.isInside) = (colors, isInside)
    }

    /// From −1…1 in both directions to the picture: the box and its margin.
    private static func place(_ box: Rect) -> AffineTransform {
        let (width, height) = (box.width * (0.5 + margin), box.height * (0.5 + margin))
        return AffineTransform(a: width, b: 0, tx: box.center.x, c: 0, d: height, ty: box.center.y)
    }

    /// From −1…1 in both directions to the picture: a square around the middle of eyes and mouth, upright with the face;
    /// nil where the landmarks coincide.
    ///
    /// Its direction and scale come from the line of the eyes and the line from eyes to mouth together: of a turned head
    /// one is shorter than the other.
    private static func place(_ landmarks: Landmarks) -> AffineTransform? {
        let (left, right) = (landmarks.leftEye, landmarks.rightEye)
        let eyes = Point(x: (left.x + right.x) / 2, y: (left.y + right.y) / 2)
        let mouth = Point(
            x: (landmarks.mouthLeft.x + landmarks.mouthRight.x) / 2,
            y: (landmarks.mouthLeft.y + landmarks.mouthRight.y) / 2)
        let downX = reach * (mouth.x - eyes.x - (right.y - left.y))
        let downY = reach * (mouth.y - eyes.y + (right.x - left.x))
        guard downX != 0 || downY != 0 else { return nil }
        return AffineTransform(
            a: downY, b: downX, tx: (eyes.x + mouth.x) / 2, c: -downX, d: downY, ty: (eyes.y + mouth.y) / 2)
    }

    /// How alike two faces look: the correlation of their colours over the cells both show, −1…1.
    ///
    /// 1 for the same picture at another brightness or contrast; 0 where either is flat or too little is shared.
    package func similarity(to other: FaceAppearance) -> Double {
        var (shared, first, second) = (Float(0), SIMD4<Float>.zero, SIMD4<Float>.zero)
        var (squares, otherSquares, products) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
        for cell in isInside.indices where isInside[cell] && other.isInside[cell] {
            let (color, otherColor) = (colors[cell], other.colors[cell])
            shared += 1
            first += color
            second += otherColor
            squares += color * color
            otherSquares += otherColor * otherColor
            products += color * otherColor
        }
        guard shared >= Float(Double(isInside.count) * Self.leastShared) else { return 0 }
        let count = Double(shared) * 3
        let (mean, otherMean) = (Double(first.sum()) / count, Double(second.sum()) / count)
        let variance = Double(squares.sum()) / count - mean * mean
        let otherVariance = Double(otherSquares.sum()) / count - otherMean * otherMean
        guard variance > Self.flat, otherVariance > Self.flat else { return 0 }
        let covariance = Double(products.sum()) / count - mean * otherMean
        return min(max(covariance / (variance * otherVariance).squareRoot(), -1), 1)
    }

    /// Variance in squared levels of 0…255 below which there is nothing to compare.
    private static let flat = 1.0
}
