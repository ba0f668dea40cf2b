internal import Imaging
public import TensorEngine

/// Which of several faces are wanted, and in what order they come.
///
/// Faces are ranked, then cut to ``limit``. Equal ones come from top to bottom, then from left to right, so that the order
/// never depends on chance or on which thread was faster.
public struct FaceSelection: Hashable, Sendable {
    /// What puts one face before another.
    public enum Ranking: String, Hashable, Sendable, CaseIterable, Codable {
        /// The larger box first.
        case size
        /// The higher score first.
        case confidence
        /// The larger box first, boxes away from the middle counting less: none of their area in a corner, all in the
        /// middle. Picks the person before the camera, not the one walking past.
        case centerWeighted
    }

    public var ranking: Ranking
    /// How many faces are returned at most; nil for all.
    public var limit: Int?

    /// - Precondition: `limit` is not negative.
    public init(_ ranking: Ranking, limit: Int? = nil) {
        precondition(limit ?? 0 >= 0, "a limit of \(limit ?? 0) faces")
        self.ranking = ranking
        self.limit = limit
    }

    /// Every face, the largest first.
    public static let all = FaceSelection(.size)
    public static let largest = FaceSelection(.size, limit: 1)
    public static let mostConfident = FaceSelection(.confidence, limit: 1)
    public static let centerWeighted = FaceSelection(.centerWeighted, limit: 1)

    /// `faces` in the order of this selection, without those beyond its limit.
    public func selected(from faces: [DetectedFace], in size: Size) -> [DetectedFace] {
        let ranked = faces.map { (face: $0, rank: rank(of: $0, in: size)) }.sorted { first, second in
            guard first.rank == second.rank else { return first.rank > second.rank }
            return first.face.imageBox.readingOrder.lexicographicallyPrecedes(second.face.imageBox.readingOrder)
        }
        return ranked.prefix(limit ?? ranked.count).map(\.face)
    }

    private func rank(of face: DetectedFace, in size: Size) -> Double {
        switch ranking {
        case .size: face.imageBox.area
        case .confidence: Double(face.score)
        case .centerWeighted: face.imageBox.area * Self.centrality(of: face.imageBox.center, in: size)
        }
    }

    /// 1 in the middle of the picture, falling evenly with the distance to 0 in its corners and beyond.
    private static func centrality(of point: Point, in size: Size) -> Double {
        let (halfWidth, halfHeight) = (Double(size.width) / 2, Double(size.height) / 2)
        let (x, y) = (point.x - halfWidth, point.y - halfHeight)
        let reach = halfWidth * halfWidth + halfHeight * halfHeight
        return reach > 0 ? max(0, 1 - ((x * x + y * y) / reach).squareRoot()) : 0
    }
}

extension Rect {
    fileprivate var readingOrder: [Double] { [top, left, height, width] }
}
