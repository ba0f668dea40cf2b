/// Keeps the best of boxes that lie on the same face: greedily from the highest score, each dropping those it overlaps.
///
/// The two measures differ in more than their divisor, and follow the code the reference calls for each:
/// - Source: torchvision `torchvision/csrc/ops/cpu/nms_kernel.cpp` for ``Overlap/union``; facenet-pytorch 2.6.0
///   `nms_numpy(…, 'Min')` for ``Overlap/minimum``.
package enum NonMaximumSuppression {
    /// What the common area of two boxes is divided by.
    package enum Overlap: Hashable, Sendable {
        /// The area covered by either; extents are `right − left`, and of equal scores the earlier box goes first.
        case union
        /// The smaller area, so that a box inside another counts as the same face; extents count both border pixels,
        /// and of equal scores the later box goes first.
        case minimum
    }

    /// Positions in `boxes` of those kept, from the highest score to the lowest.
    ///
    /// - Parameters:
    ///   - scores: one for each box.
    ///   - threshold: the largest overlap, 0…1, at which both of two boxes stay.
    /// - Complexity: O(n · kept), at worst O(n²).
    package static func keep(
        _ boxes: [FaceBox], scores: [Float], threshold: Float, overlap: Overlap
    ) -> [Int] {
        precondition(boxes.count == scores.count, "\(boxes.count) boxes with \(scores.count) scores")
        let order = order(of: scores, overlap: overlap)
        let sorted = order.map { boxes[$0] }
        let areas = sorted.map { area($0, overlap) }
        var isDropped = [Bool](repeating: false, count: sorted.count)
        var kept: [Int] = []
        for first in sorted.indices where !isDropped[first] {
            kept.append(order[first])
            let (box, boxArea) = (sorted[first], areas[first])
            for second in (first + 1)..<sorted.count where !isDropped[second] {
                let common = commonArea(box, sorted[second], overlap)
                switch overlap {
                case .union: isDropped[second] = common / (boxArea + areas[second] - common) > threshold
                case .minimum: isDropped[second] = !(common / min(boxArea, areas[second]) <= threshold)
                }
            }
        }
        return kept
    }

    /// The candidates kept, from the highest score to the lowest.
    package static func keep(
        _ candidates: [FaceCandidate], threshold: Float, overlap: Overlap = .union
    ) -> [FaceCandidate] {
        keep(candidates.map(\.box), scores: candidates.map(\.score), threshold: threshold, overlap: overlap)
            .map { candidates[$0] }
    }

    private static func order(of scores: [Float], overlap: Overlap) -> [Int] {
        switch overlap {
        case .union: scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
        case .minimum: scores.indices.sorted { scores[$0] == scores[$1] ? $0 > $1 : scores[$0] > scores[$1] }
        }
    }

    private static func border(_ overlap: Overlap) -> Float { overlap == .minimum ? 1 : 0 }

    private static func area(_ box: FaceBox, _ overlap: Overlap) -> Float {
        (box.width + border(overlap)) * (box.height + border(overlap))
    }

    private static func commonArea(_ first: FaceBox, _ second: FaceBox, _ overlap: Overlap) -> Float {
        let width = min(first.right, second.right) - max(first.left, second.left) + border(overlap)
        let height = min(first.bottom, second.bottom) - max(first.top, second.top) + border(overlap)
        return max(0, width) * max(0, height)
    }
}
