import NeuralLayers
internal import Imaging
internal import TensorEngine

/// What the second or third network says about one crop.
struct FaceAnswer: Hashable, Sendable {
    /// Probability of a face, 0…1.
    let score: Float
    /// Corrections of left, top, right and bottom, in widths and heights of the box.
    let shift: SIMD4<Float>
    /// Five x and then five y, as fractions of the box from its left top corner; empty from the second network.
    let points: [Float]

    /// The landmarks in pixels of the picture, for the box that was cropped; nil from the second network.
    ///
    /// - Source: facenet-pytorch 2.6.0, `detect_face`: `extent · fraction + corner − 1`, extents count both borders.
    func landmarks(in box: FaceBox) -> Landmarks? {
        guard points.count == ONet.landmarkValues else { return nil }
        let (width, height) = (box.width + 1, box.height + 1)
        func point(_ index: Int) -> Point {
            let x = width * points[index] + box.left - 1
            let y = height * points[index + 5] + box.top - 1
            return Point(x: Double(x), y: Double(y))
        }
        return Landmarks(
            leftEye: point(0), rightEye: point(1), nose: point(2), mouthLeft: point(3), mouthRight: point(4))
    }
}

extension FaceAnswer {
    /// One answer for each row of a network's outputs.
    ///
    /// - Parameters:
    ///   - scores: `[N, 2]`, probabilities of no face and of a face.
    ///   - shifts: `[N, 4]`.
    ///   - landmarks: `[N, 10]`, or nil from the second network.
    static func answers(scores: Tensor, shifts: Tensor, landmarks: Tensor? = nil) -> [FaceAnswer] {
        let (scores, shifts, points) = (scores.scalars, shifts.scalars, landmarks?.scalars)
        return (0..<(scores.count / 2)).map { row in
            FaceAnswer(
                score: scores[row * 2 + 1], shift: SIMD4(shifts[(row * 4)..<(row * 4 + 4)]),
                points: points.map { Array($0[(row * ONet.landmarkValues)..<((row + 1) * ONet.landmarkValues)]) } ?? [])
        }
    }
}

/// A network that judges square crops of one size, many at a time.
protocol CropNetwork: Sendable {
    /// Side of the crops in pixels.
    static var side: Int { get }
    /// How many crops go through at a time: few enough for the activations to stay in a core's cache, so that
    /// hundreds of candidates take no more memory than these.
    static var batchSize: Int { get }

    /// One answer for each crop.
    ///
    /// - Parameter crops: `[N, side, side, 3]`, RGB, −1…1.
    func answers(_ crops: Tensor) -> [FaceAnswer]
}

/// Each picture of a batch as one row of features, column after column of pixels.
///
/// The dense layers' weights expect this order: the networks were trained in a framework that counts columns first, and
/// facenet-pytorch turns its activations (`permute(0, 3, 2, 1)`) before it flattens them.
struct ColumnMajorFlatten: Layer {
    /// - Parameter input: `[N, H, W, C]`.
    /// - Returns: `[N, W · H · C]`.
    /// - Complexity: O(count); the pictures here are 3×3 pixels.
    func callAsFunction(_ input: Tensor) -> Tensor {
        let (size, channels) = (input.size, input.channels)
        return input.withUnsafeBuffer { source in
            Tensor(shape: [input.batch, size.area * channels]) { (target: UnsafeMutableBufferPointer<Float>) in
                for pixel in 0..<(input.batch * size.area) {
                    let (picture, place) = pixel.quotientAndRemainder(dividingBy: size.area)
                    let (row, column) = place.quotientAndRemainder(dividingBy: size.width)
                    let from = pixel * channels
                    let to = (picture * size.area + column * size.height + row) * channels
                    for channel in 0..<channels { target[to + channel] = source[from + channel] }
                }
            }
        }
    }
}
