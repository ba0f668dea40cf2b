internal import Imaging

/// Further looks at pictures in which nothing certain was found.
///
/// They work on a copy of at most ``workingSide`` pixels, a group's of ``groupSide``, and look for faces from
/// ``smallestFace`` pixels of it on, so that a picture of any size costs a bounded sum.
extension FaceDetectorChain {
    /// Longest side of the copy that is looked at again.
    private static let workingSide = 384
    /// Longest sides of the copies that get a border: the smaller one for faces that fill a good part of the picture.
    private static let borderedSides = [256, workingSide]
    /// Longest side of the copy of a group that gets a border: its faces are small.
    private static let groupSide = 640
    /// Side in pixels of the copy of the smallest face that is looked for again: 1/16 of the picture's longer side.
    private static let smallestFace = 24
    /// The border, as a part of the copy's extents.
    private static let border = 0.25
    /// Turns that are tried, in degrees, the most usual first; MTCNN itself finds faces turned by some 30°.
    private static let turns = [180.0, 90, -90, 45, -45]
    /// The most boxes of the cascade that are judged, the largest first: textures give it dozens.
    private static let judgedBoxes = 12
    /// The most pixels by which a face may reach beyond a copy: about as many as its sides.
    private static let largestReach = 2 * workingSide

    /// The faces of the look with the most certain one; `seen` are those of the first look.
    func lookAgain(at image: Image, after seen: [DetectedFace]) -> [DetectedFace] {
        guard configuration.triesHarder || seen.isEmpty && configuration.usesCascade else { return seen }
        let copy = SearchCopy(of: image, longestSide: Self.workingSide)
        var best = seen
        if configuration.triesHarder {
            for look in Self.looks {
                guard let changed = look.copy(of: image, copy) else { continue }
                let faces = found(in: changed, leastScore: look.leastScore)
                if Self.highestScore(faces) > Self.highestScore(best) { best = faces }
                if isSettled(best) { break }
            }
        }
        return best.isEmpty && configuration.usesCascade ? proposedByCascade(in: copy) : best
    }

    /// Faces at the edge that lie on none of `faces`.
    ///
    /// In pictures of several people only: that is where the edge cuts somebody off whom the first look did not see,
    /// and one face before a webcam should not pay for it.
    func cutOff(in image: Image, beside faces: [DetectedFace]) -> [DetectedFace] {
        guard configuration.triesHarder, faces.count > 1 else { return [] }
        let bordered = SearchCopy(of: image, longestSide: Self.groupSide).padded(by: Self.border)
        return found(in: bordered, leastScore: configuration.minimumScore).filter { face in
            let inside = face.imageBox.intersection(image.bounds)
            return inside.area < face.imageBox.area * 0.95
                && !faces.contains { $0.imageBox.intersection(face.imageBox).area > 0.3 * inside.area }
        }
    }

    /// What is changed for a further look.
    private enum Look {
        case bordered(side: Int)
        case stretched
        case turned(degrees: Double)

        /// The least score of a face that it finds, beside the one that is asked for: six more looks have six more chances
        /// to be wrong. With a border none is asked for: a face that the edge halves seldom gets more than 0.95, and nothing
        /// that is no face got 0.9 in 174 pictures without one.
        var leastScore: Float { if case .bordered = self { 0 } else { 0.95 } }

        /// Nil where the change would show nothing new.
        func copy(of image: Image, _ copy: SearchCopy) -> SearchCopy? {
            switch self {
            case .bordered(let side): SearchCopy(of: image, longestSide: side).padded(by: border)
            case .stretched: copy.contrastStretched
            case .turned(let degrees): copy.turned(byDegrees: degrees)
            }
        }
    }

    private static let looks =
        borderedSides.map { Look.bordered(side: $0) } + [.stretched] + turns.map { Look.turned(degrees: $0) }

    /// Convincing faces of a changed copy, in coordinates of the original.
    private func found(in copy: SearchCopy, leastScore: Float) -> [DetectedFace] {
        let smallest = max(Double(Self.smallestFace), Double(mtcnn.configuration.minimumFace) / copy.scale)
        return mtcnn.detect(in: copy.image, smallestFace: smallest)
            .compactMap { judged($0, in: copy) }
            .filter { $0.score >= max(leastScore, configuration.minimumScore) }
    }

    /// A face of a changed copy, judged, in coordinates of the original; nil where it lies outside.
    ///
    /// One that reaches beyond even a copy with a border is first looked for again where there is room around it.
    private func judged(_ face: DetectedFace, in copy: SearchCopy) -> DetectedFace? {
        let beyond = copy.hasBorder ? copy.reach(beyondItBy: face.imageBox) : 0
        guard beyond > 0 else { return copy.inOriginal(mtcnn.judged(face, in: copy.image)) }
        guard beyond <= Double(Self.largestReach) else { return nil }
        let room = Int(beyond.rounded(.up)) + Self.workingSide / 8
        let roomy = copy.padded(x: room, y: room)
        var moved = face
        moved.imageBox.x += Double(room)
        moved.imageBox.y += Double(room)
        return roomy.inOriginal(mtcnn.judged(mtcnn.relocated(moved, in: roomy.image), in: roomy.image))
    }

    /// Boxes of the cascade that MTCNN's third network takes for faces, in coordinates of the original.
    private func proposedByCascade(in copy: SearchCopy) -> [DetectedFace] {
        let smallest = Int((Double(cascade.configuration.minimumFace) / copy.scale).rounded(.up))
        let boxes = cascade.detect(in: copy.image, smallestFace: max(smallest, Self.smallestFace))
        let faces = boxes.prefix(Self.judgedBoxes).map { mtcnn.judged($0, in: copy.image) }
            .filter { $0.score >= configuration.minimumScore }
        let distinct = faces.enumerated().filter { index, face in
            !faces[..<index].contains { $0.imageBox.overlap(with: face.imageBox) > 0.5 }
        }
        return distinct.compactMap { copy.inOriginal($0.element) }
    }

    private static func highestScore(_ faces: [DetectedFace]) -> Float { faces.map(\.score).max() ?? 0 }
}
