import FaceDetection
import TestSupport

/// The reference of each step of the detection alone, made by `Weights/Conversion/fixtures_mtcnn_steps.py`.
struct MTCNNSteps: Decodable {
    struct Suppression: Decodable {
        let overlap: String
        let threshold: Float
        /// Corners and score.
        let boxes: [[Float]]
        let kept: [Int]
    }

    struct Proposals: Decodable {
        let scale: Double
        /// `[1, 5, 7, 2]` and `[1, 5, 7, 4]`.
        let logits: [Float]
        let shifts: [Float]
        /// Corners, score, corrections.
        let candidates: [[Float]]
    }

    let boxes: [[Float]]
    let squared: [[Float]]
    let shifts: [[Float]]
    let moved: [[Float]]
    /// Width and height.
    let picture: [Int]
    let bounded: [[Float]]
    /// First pixel across and down, and the pixels after the last; empty where a difference is not positive.
    let regions: [[Int]]
    let suppressions: [Suppression]
    let proposals: [Proposals]

    static func load() throws -> MTCNNSteps { try Fixture.json("mtcnn_steps.json") }
}

extension FaceBox {
    /// From left, top, right, bottom; more numbers are left out.
    init(_ corners: [Float]) {
        self.init(left: corners[0], top: corners[1], right: corners[2], bottom: corners[3])
    }
}
