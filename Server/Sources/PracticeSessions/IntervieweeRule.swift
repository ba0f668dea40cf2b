package import EmotionDetection

/// Whose face of a picture is the interviewee's, by its place alone.
///
/// The service keeps no picture, and each frame may reach another process, so a face is known by where the last one was: at
/// a frame every two or three seconds somebody who sits before a camera has hardly left their place. A face elsewhere is
/// taken where it is the only one, and flagged as perhaps another person's until it has been the only one for
/// ``settlingSeconds``, or a face is back in the old place.
package struct IntervieweeRule: Sendable {
    /// Where the interviewee was last seen for sure.
    private var place: Rect?
    /// Where somebody is who is perhaps not them, and since when.
    private var doubt: (place: Rect, since: Double)?

    /// What a frame shows of the interviewee.
    package enum Finding {
        /// Position of the face among those of the picture, and whether it is perhaps another person's.
        case face(Int, isUncertain: Bool)
        case missed(Reason)
    }

    package enum Reason { case noFace, crowded }

    /// After so long alone in another place a face is taken for the interviewee's.
    private static let settlingSeconds = 10.0
    /// A face has not moved if its centre is within so many sides of the old box and its side within this ratio.
    private static let reach = 1.0
    private static let ratio = 2.0
    /// Faces that share more than this part of the smaller box are too near to be told apart.
    private static let largestOverlap = 0.2

    package init() {}

    /// - Parameter faces: of one picture, those that are only assumed included.
    package func finding(in faces: [FaceEmotion], of size: Size) -> Finding {
        let boxes = faces.map(\.box)
        let detected = faces.indices.filter { faces[$0].faceDetected }
        guard !detected.isEmpty else { return .missed(.noFace) }
        func nearest(_ place: Rect) -> Int? {
            detected.filter { Self.isNear(boxes[$0], place) }
                .min { Self.distance(boxes[$0], place) < Self.distance(boxes[$1], place) }
        }
        let chosen: Int
        let isUncertain: Bool
        if let place, let index = nearest(place) {
            (chosen, isUncertain) = (index, false)
        } else if let doubt, let index = nearest(doubt.place) {
            (chosen, isUncertain) = (index, true)
        } else {
            let ranked = FaceSelection.centerWeighted.selected(from: detected.map { faces[$0].face }, in: size)
            chosen = detected.first { faces[$0].face == ranked.first } ?? detected[0]
            isUncertain = place != nil
        }
        let isCrowded = detected.contains {
            $0 != chosen && Self.overlap(boxes[$0], boxes[chosen]) > Self.largestOverlap
        }
        return isCrowded ? .missed(.crowded) : .face(chosen, isUncertain: isUncertain)
    }

    /// Takes note of a face that was chosen.
    ///
    /// - Parameter isAlone: nobody else was detected in the picture.
    package mutating func follow(_ box: Rect, isUncertain: Bool, isAlone: Bool, at timestamp: Double) {
        guard isUncertain else {
            (place, doubt) = (box, nil)
            return
        }
        let since = isAlone ? doubt?.since ?? timestamp : timestamp
        if timestamp - since >= Self.settlingSeconds {
            (place, doubt) = (box, nil)
        } else {
            doubt = (box, since)
        }
    }

    private static func isNear(_ box: Rect, _ place: Rect) -> Bool {
        let (side, old) = (max(box.width, box.height), max(place.width, place.height))
        guard side > 0, old > 0 else { return false }
        return distance(box, place) <= reach * old && max(side, old) / min(side, old) <= ratio
    }

    private static func distance(_ first: Rect, _ second: Rect) -> Double {
        let (x, y) = (first.center.x - second.center.x, first.center.y - second.center.y)
        return (x * x + y * y).squareRoot()
    }

    private static func overlap(_ first: Rect, _ second: Rect) -> Double {
        let smaller = min(first.area, second.area)
        return smaller > 0 ? first.intersection(second).area / smaller : 0
    }
}
