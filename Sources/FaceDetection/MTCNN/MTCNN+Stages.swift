package import Imaging
internal import TensorEngine

/// The three steps of a detection; each takes what the one before kept.
extension MTCNN {
    /// Overlap above which two boxes of one level are the same face.
    private static let levelOverlap: Float = 0.5
    /// Overlap above which two boxes of different levels, or of a later network, are the same face.
    private static let sharedOverlap: Float = 0.7

    /// Squares where the first network sees a face, from the most probable to the least.
    ///
    /// - Parameter smallestFace: side in pixels of the smallest face looked for; the configuration's when nil.
    package func propose(in image: Image, smallestFace: Double? = nil) -> [FaceBox] {
        let limit = configuration.maximumCandidates
        let smallest = smallestFace ?? configuration.smallestFace(width: image.width, height: image.height)
        let found = proposals(in: image, smallestFace: smallest).flatMap { level in
            NonMaximumSuppression.keep(level.mostProbable(limit), threshold: Self.levelOverlap)
        }
        return NonMaximumSuppression.keep(found, threshold: Self.sharedOverlap)
            .prefix(limit)
            .map { $0.box.moved(by: $0.shift, inclusive: false).squared }
    }

    /// Squares of `proposals` that the second network also takes for faces, moved to where it puts them.
    package func refine(_ proposals: [FaceBox], in image: Image) -> [FaceBox] {
        let passed = answers(of: refinementNetwork, on: proposals, in: image)
            .filter { $0.answer.score > configuration.thresholds.refinement }
            .map { FaceCandidate(box: $0.box, score: $0.answer.score, shift: $0.answer.shift) }
        return NonMaximumSuppression.keep(passed, threshold: Self.sharedOverlap)
            .map { $0.box.moved(by: $0.shift, inclusive: true).squared }
    }

    /// The faces the third network confirms among `squares`, from the most probable to the least.
    package func locate(_ squares: [FaceBox], in image: Image) -> [DetectedFace] {
        let passed = answers(of: outputNetwork, on: squares, in: image)
            .filter { $0.answer.score > configuration.thresholds.output }
        let boxes = passed.map { $0.box.moved(by: $0.answer.shift, inclusive: true) }
        let kept = NonMaximumSuppression.keep(
            boxes, scores: passed.map(\.answer.score), threshold: Self.sharedOverlap, overlap: .minimum)
        return kept.map { position in
            DetectedFace(
                imageBox: Rect(boxes[position]), score: passed[position].answer.score,
                landmarks: passed[position].answer.landmarks(in: passed[position].box), stage: .mtcnn)
        }
    }
}

extension [FaceCandidate] {
    /// The `limit` most probable, in their old order; all of them when they are not more.
    fileprivate func mostProbable(_ limit: Int) -> [FaceCandidate] {
        guard count > limit else { return self }
        let ranked = indices.sorted { self[$0].score == self[$1].score ? $0 < $1 : self[$0].score > self[$1].score }
        return ranked.prefix(limit).sorted().map { self[$0] }
    }
}
