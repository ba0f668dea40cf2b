internal import Imaging
internal import TensorEngine

/// A picture turned about its centre, on a canvas that holds all of it, and the way back.
struct TurnedCopy {
    let image: Image
    private let back: AffineTransform
    private let size: Size

    /// Turned clockwise by `degrees`, gray where the canvas shows nothing.
    init(of original: Image, byDegrees degrees: Double) {
        let center = Point(x: Double(original.width - 1) / 2, y: Double(original.height - 1) / 2)
        var turn = AffineTransform.rotation(by: degrees * .pi / 180, around: center)
        let (cosine, sine) = (abs(turn.a), abs(turn.c))
        let canvas = Size(
            height: Int((sine * Double(original.width) + cosine * Double(original.height)).rounded(.up)),
            width: Int((cosine * Double(original.width) + sine * Double(original.height)).rounded(.up)))
        turn.tx += Double(canvas.width - original.width) / 2
        turn.ty += Double(canvas.height - original.height) / 2
        image = original.warped(by: turn, to: canvas, border: .constant(Color(hex: 0x808080)))
        // A rotation always has an inverse.
        back = turn.inverse ?? .identity
        size = original.size
    }

    /// `face` where it lies in the original: the same centre and size, upright; nil where that is outside.
    ///
    /// A turned square has no upright box; the one with the same centre and sides covers the same face.
    func inOriginal(_ face: DetectedFace) -> DetectedFace? {
        let center = back(face.imageBox.center)
        guard center.x >= 0, center.y >= 0, center.x < Double(size.width), center.y < Double(size.height) else {
            return nil
        }
        let box = face.imageBox
        var moved = face
        moved.imageBox = Rect(
            x: center.x - box.width / 2, y: center.y - box.height / 2, width: box.width, height: box.height)
        moved.landmarks = face.landmarks.map { points in
            Landmarks(
                leftEye: back(points.leftEye), rightEye: back(points.rightEye), nose: back(points.nose),
                mouthLeft: back(points.mouthLeft), mouthRight: back(points.mouthRight))
        }
        return moved
    }
}
