import EmotionDetection
import Imaging
import TestSupport

/// A cropped face, enlarged and turned, somewhere on a canvas of gray noise.
struct CropScene {
    /// Degrees by which the faces are turned, alternately to either side.
    static let rolls = [0.0, 15, 30]
    /// Side of the enlarged face, and of the canvas, in pixels.
    private static let (faceSide, canvasSide) = (160, 400)

    let canvas: Image
    /// Where the whole pasted picture lies, before it was turned.
    let placed: Rect

    init(_ face: Image, roll: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let (side, canvasSide) = (Self.faceSide, Self.canvasSide)
        let enlarged = face.resized(to: Size(height: side, width: side), filter: .pillowBilinear)
        let free = canvasSide - side
        let left = free / 4 + Int.random(in: 0...(free / 2), using: &generator)
        let top = free / 4 + Int.random(in: 0...(free / 2), using: &generator)
        placed = Rect(x: Double(left), y: Double(top), width: Double(side), height: Double(side))
        let center = Point(x: Double(side - 1) / 2, y: Double(side - 1) / 2)
        var turn = AffineTransform.rotation(by: roll * .pi / 180, around: center)
        turn.tx += Double(left)
        turn.ty += Double(top)
        // A colour that the gray faces do not have marks what the face does not cover.
        let size = Size(height: canvasSide, width: canvasSide)
        let turned = enlarged.warped(by: turn, to: size, border: .constant(Color(hex: 0xFF00FF)))
        var pixels = turned.pixels
        for pixel in stride(from: 0, to: pixels.count, by: 3) where pixels[pixel] != pixels[pixel + 1] {
            let level = UInt8.random(in: 96...160, using: &generator)
            (pixels[pixel], pixels[pixel + 1], pixels[pixel + 2]) = (level, level, level)
        }
        canvas = Image(width: canvasSide, height: canvasSide, pixels: pixels)
    }
}
