import Imaging
internal import TensorEngine

/// How much the pixels of faces change from one frame to the next: a living face moves even when it rests.
struct FaceChange: Sendable {
    /// Where each face was in the frame before, by the id of its track, and what was to be seen there.
    private var latest: [Int: (box: Rect, face: GrayImage)] = [:]

    /// Side in pixels at which faces are compared.
    private static let side = 64

    /// The mean absolute difference in gray of both frames within the box of the earlier one, over the standard deviation
    /// of the newer one; nothing for a face that was not in the frame before, nil where it is flat.
    ///
    /// The place is the same in both frames. Cut out by each frame's own box, a still photograph would seem to move as
    /// much as somebody who talks, since the detector's boxes tremble.
    /// - Parameter boxes: of faces by the ids of their tracks; those that are not among them are forgotten.
    /// - Complexity: O(pixels of the boxes).
    mutating func update(_ boxes: [(id: Int, box: Rect)], in image: Image) -> [Int: Double] {
        var changes: [Int: Double] = [:]
        var next: [Int: (box: Rect, face: GrayImage)] = [:]
        for (id, box) in boxes {
            if let before = latest[id] {
                changes[id] = Self.difference(of: Self.face(in: before.box, of: image), to: before.face)
            }
            next[id] = (box, Self.face(in: box, of: image))
        }
        latest = next
        return changes
    }

    private static func face(in box: Rect, of image: Image) -> GrayImage {
        image.resized(from: box, to: Size(side: side)).gray()
    }

    private static func difference(of face: GrayImage, to before: GrayImage) -> Double? {
        var (sum, squares, differences) = (0, 0, 0)
        for (pixel, old) in zip(face.pixels, before.pixels) {
            sum += Int(pixel)
            squares += Int(pixel) * Int(pixel)
            differences += abs(Int(pixel) - Int(old))
        }
        let count = Double(face.pixels.count)
        let mean = Double(sum) / count
        let variance = Double(squares) / count - mean * mean
        return variance > 0 ? Double(differences) / count / variance.squareRoot() : nil
    }
}
