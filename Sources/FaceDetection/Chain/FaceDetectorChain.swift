package import Imaging

/// Looks for faces, looks again where it is not sure, and returns what stands up to a second opinion.
///
/// 1. ``MTCNN`` on the whole picture: exact, with landmarks. Where it is sure, that is the answer.
/// 2. ``MTCNN`` on small copies of the picture: with a border around it, with more contrast, turned; where asked for.
///    The look that shows the most certain face wins, so that a face that stands on its head beats what the upright look
///    made of it.
/// 3. ``HaarCascade``, where none of them finds any.
/// 4. The middle of the picture, where asked for: no detection, but right more often than not before a webcam.
///
/// Whatever is not certain at once is judged by MTCNN's third network from several sides, and dropped below
/// ``Configuration/minimumScore``. Every face says which stage it comes from.
/// - Source: the original system's chain MTCNN → Haar cascade → centre region.
public struct FaceDetectorChain: Sendable {
    package let configuration: Configuration
    package let mtcnn: MTCNN
    let cascade: HaarCascade

    package init(mtcnn: MTCNN, cascade: HaarCascade, configuration: Configuration = Configuration()) {
        self.mtcnn = mtcnn
        self.cascade = cascade
        self.configuration = configuration
    }

    /// The detected faces that ``Configuration/selection`` keeps, in its order; empty where no stage finds one.
    ///
    /// - Complexity: a picture with a face costs one pass of MTCNN; one without further looks of bounded size.
    package func detect(in image: Image) -> [DetectedFace] {
        configuration.selection.selected(from: found(in: image), in: image.size)
    }

    /// As ``detect(in:)``; where nothing is found and ``Configuration/assumesFaceIfNotDetected`` asks for it, one
    /// assumed face.
    package func faces(in image: Image) -> [DetectedFace] {
        let found = found(in: image)
        if found.isEmpty && configuration.assumesFaceIfNotDetected { return [.assumed(in: image)] }
        return configuration.selection.selected(from: found, in: image.size)
    }

    private func found(in image: Image) -> [DetectedFace] {
        // A picture too thin for the smallest face shows none.
        guard min(image.width, image.height) >= mtcnn.configuration.minimumFace else { return [] }
        let seen = convincing(mtcnn.detect(in: image), in: image)
        let faces = isSettled(seen) ? seen + cutOff(in: image, beside: seen) : lookAgain(at: image, after: seen)
        return faces.filter(isLargeEnough)
    }

    /// `faces` without those that do not stand up to a second opinion; sure ones need none.
    func convincing(_ faces: [DetectedFace], in image: Image) -> [DetectedFace] {
        faces.map { $0.score >= Self.sure ? $0 : mtcnn.judged($0, in: image) }
            .filter { $0.score >= configuration.minimumScore }
    }

    /// Whether one of the faces is so certain that no other look is needed.
    func isSettled(_ faces: [DetectedFace]) -> Bool { faces.contains { $0.score >= Self.settled } }

    /// Whether the face's longer side is not below the smallest face that was asked for.
    private func isLargeEnough(_ face: DetectedFace) -> Bool {
        max(face.imageBox.width, face.imageBox.height) >= Double(mtcnn.configuration.minimumFace)
    }

    /// A score from which a face of the first look is taken as it is: nothing in 112 pictures without a face had more than
    /// 0.971, and of 70 photographs on their head one had more than 0.992.
    private static let sure: Float = 0.998
    /// A score of the best face from which no other look is taken; on their head photographs stay below 0.94.
    private static let settled: Float = 0.97
}

extension FaceDetectorChain {
    /// Which stages run, and which of the faces they find are wanted.
    public struct Configuration: Hashable, Sendable {
        /// Whether the cascade looks where MTCNN finds nothing.
        public var usesCascade: Bool
        /// Whether MTCNN looks again at copies of the picture, with a border, with more contrast and turned, where nothing
        /// certain is found.
        ///
        /// Finds dark and cut off faces and heads turned by any angle; a picture without a face costs up to three times as
        /// much.
        public var triesHarder: Bool
        /// The least score of a face that is returned, 0…1.
        ///
        /// MTCNN's own 0.7 lets leaves, cloth and print pass. At 0.9 hardly anything does that is no face, and hardly a face
        /// is lost (`Docs/Robustness.md`).
        public var minimumScore: Float
        /// Whether the middle of the picture is taken for a face where none is found: right for a person before a
        /// webcam, wrong for pictures that may show nobody.
        public var assumesFaceIfNotDetected: Bool
        /// Which of the faces are returned, and in what order.
        public var selection: FaceSelection

        public init(
            usesCascade: Bool = true, triesHarder: Bool = true, minimumScore: Float = 0.9,
            assumesFaceIfNotDetected: Bool = true, selection: FaceSelection = .all
        ) {
            self.usesCascade = usesCascade
            self.triesHarder = triesHarder
            self.minimumScore = minimumScore
            self.assumesFaceIfNotDetected = assumesFaceIfNotDetected
            self.selection = selection
        }
    }
}

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

extension DetectedFace {
    /// Parts of the width left out on the left and on the right, and of the height above and below.
    ///
    /// - Source: the original system's `detect_emotions_from_frame`: `int(w * 0.2)`, `int(h * 0.15)`.
    private static let centerMargins = (horizontal: 0.2, vertical: 0.15)

    /// The middle of the picture, taken for a face because none was found; its score is 0 since nothing speaks for it.
    ///
    /// ``DetectionStage/pictureTooSmall`` where that is smaller than any face a detector could see.
    package static func assumed(in image: Image) -> DetectedFace {
        let left = (Double(image.width) * centerMargins.horizontal).rounded(.towardZero)
        let top = (Double(image.height) * centerMargins.vertical).rounded(.towardZero)
        let box = Rect(
            left: left, top: top, right: Double(image.width) - left, bottom: Double(image.height) - top)
        let isTooSmall = min(box.width, box.height) < Double(MTCNN.Configuration.smallestMinimumFace)
        return DetectedFace(
            imageBox: box, score: 0, landmarks: nil, stage: isTooSmall ? .pictureTooSmall : .centerRegion)
    }
}
