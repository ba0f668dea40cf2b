import Imaging
internal import TensorEngine

/// How much faces move within a fifth of a second: a living face moves even when it rests.
///
/// From one frame to the next of sixty a second a face that rests moves no more than a photograph does.
struct FaceChange: Sendable {
    /// What was to be seen of each face, by the id of its track: the looks of the last fifth of a second, and one before.
    private var looks: [Int: [Look]] = [:]

    private struct Look {
        let timestamp: Double
        let box: Rect
        let face: GrayImage
    }

    /// Two looks that are compared lie at least this many seconds apart, less what times of frames are rounded by.
    private static let (seconds, tolerance) = (0.2, 0.002)

    /// The motion within each face's box, see ``MotionField``; nothing for a face that was not seen without a break for so
    /// long, nil where it is flat.
    ///
    /// The place is the same in both frames, the box of the earlier one. Cut out by each frame's own box, a still photograph
    /// would seem to move as much as somebody who talks, since the detector's boxes tremble.
    /// - Parameters:
    ///   - boxes: of faces by the ids of their tracks; those that are not among them are forgotten.
    ///   - timestamp: of the frame, in seconds, rising.
    /// - Complexity: O(pixels of the boxes).
    mutating func update(_ boxes: [(id: Int, box: Rect)], in image: Image, at timestamp: Double) -> [Int: Double] {
        var changes: [Int: Double] = [:]
        var next: [Int: [Look]] = [:]
        for (id, box) in boxes {
            var known = looks[id] ?? []
            let isOldEnough = { (look: Look) in timestamp - look.timestamp >= Self.seconds - Self.tolerance }
            if let before = known.lastIndex(where: isOldEnough) {
                known.removeFirst(before)
                changes[id] = MotionField(from: known[0].face, to: Self.face(in: known[0].box, of: image)).amount
            }
            known.append(Look(timestamp: timestamp, box: box, face: Self.face(in: box, of: image)))
            next[id] = known
        }
        looks = next
        return changes
    }

    private static func face(in box: Rect, of image: Image) -> GrayImage {
        image.resized(from: box, to: Size(side: MotionField.side)).gray()
    }
}
