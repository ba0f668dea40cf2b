import Imaging
internal import TensorEngine

/// How much the pixels of faces change from one frame to the next: a living face moves even when it rests.
struct FaceChange: Sendable {
    /// The latest picture of each face, by the id of its track.
    private var latest: [Int: GrayImage] = [:]

    /// Side in pixels at which faces are compared.
    private static let side = 64

    /// The mean absolute difference of the two aligned faces in gray, over the standard deviation of the newer one; nil
    /// where the face was not in the frame before or is flat.
    ///
    /// - Parameter crops: aligned faces by the ids of their tracks; those that are not among them are forgotten.
    /// - Complexity: O(pixels of the crops).
    mutating func update(_ crops: [(id: Int, crop: Image)]) -> [Int: Double] {
        var changes: [Int: Double] = [:]
        var next: [Int: GrayImage] = [:]
        for (id, crop) in crops {
            let face = crop.resized(to: Size(side: Self.side)).gray()
            if let before = latest[id] { changes[id] = Self.difference(of: face, to: before) }
            next[id] = face
        }
        latest = next
        return changes
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
