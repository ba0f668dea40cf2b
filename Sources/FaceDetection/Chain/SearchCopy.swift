internal import Imaging
internal import TensorEngine

/// A changed copy of a picture for another look at it, and the way back.
struct SearchCopy {
    let image: Image
    /// Pixels of the original for one of the copy.
    let scale: Double
    /// Whether there is a border around the picture.
    private(set) var hasBorder = false
    /// From the copy's pixels to the original's.
    private let back: AffineTransform
    private let original: Size

    /// The picture shrunk so that no side is longer than `longestSide`; as it is where none is.
    init(of original: Image, longestSide: Int) {
        let longest = max(original.width, original.height)
        self.original = original.size
        guard longest > longestSide else {
            (image, scale, back) = (original, 1, .identity)
            return
        }
        func shrunk(_ extent: Int) -> Int { max((extent * longestSide + longest / 2) / longest, 1) }
        let size = Size(height: shrunk(original.height), width: shrunk(original.width))
        // Whole factors first: the exact filter would spend most of its time on the first, coarse steps.
        image = original.averaged(by: longest / (2 * longestSide)).resized(to: size)
        let (x, y) = (
            Double(original.width) / Double(size.width), Double(original.height) / Double(size.height)
        )
        scale = Double(longest) / Double(longestSide)
        back = AffineTransform(a: x, b: 0, tx: (x - 1) / 2, c: 0, d: y, ty: (y - 1) / 2)
    }

    private init(_ image: Image, _ step: AffineTransform, of copy: SearchCopy) {
        self.image = image
        scale = copy.scale
        back = copy.back.following(step)
        original = copy.original
    }

    /// Turned clockwise by `degrees`, gray where the canvas shows nothing.
    func turned(byDegrees degrees: Double) -> SearchCopy {
        let center = Point(x: Double(image.width - 1) / 2, y: Double(image.height - 1) / 2)
        var turn = AffineTransform.rotation(by: degrees * .pi / 180, around: center)
        let (cosine, sine) = (abs(turn.a), abs(turn.c))
        // The millionth keeps a quarter turn, whose cosine is not quite 0, from a canvas of one more pixel.
        func extent(_ length: Double) -> Int { Int((length - 1e-6).rounded(.up)) }
        let canvas = Size(
            height: extent(sine * Double(image.width) + cosine * Double(image.height)),
            width: extent(cosine * Double(image.width) + sine * Double(image.height)))
        turn.tx += Double(canvas.width - image.width) / 2
        turn.ty += Double(canvas.height - image.height) / 2
        // A rotation always has an inverse.
        return SearchCopy(
            image.warped(by: turn, to: canvas, border: .constant(Self.surround)), turn.inverse ?? .identity, of: self)
    }

    /// With a gray border of `part` of each extent on every side: a face that the edge cuts off is whole enough inside.
    func padded(by part: Double) -> SearchCopy {
        padded(x: Int(Double(image.width) * part), y: Int(Double(image.height) * part))
    }

    /// With a gray border of `x` pixels to the left and right, `y` above and below.
    func padded(x: Int, y: Int) -> SearchCopy {
        let shift = AffineTransform(a: 1, b: 0, tx: -Double(x), c: 0, d: 1, ty: -Double(y))
        var padded = SearchCopy(
            image.padded(left: x, top: y, right: x, bottom: y, with: Self.surround), shift, of: self)
        padded.hasBorder = true
        return padded
    }

    /// With its brightness spread over the whole range; nil where that would change next to nothing.
    var contrastStretched: SearchCopy? { image.contrastStretched.map { SearchCopy($0, .identity, of: self) } }

    /// By how many pixels the square around `box` reaches beyond the copy; not positive where it lies inside.
    func reach(beyondItBy box: Rect) -> Double {
        let square = Rect(FaceBox(box).squared)
        return max(
            -square.left, -square.top, square.right - Double(image.width), square.bottom - Double(image.height))
    }

    private static let surround = Color(hex: 0x808080)

    /// The least part of a face's box that lies in the original: a quarter is what a corner leaves of a face.
    private static let leastPart = 0.25

    /// `face` where it lies in the original: the same centre, upright; nil where hardly anything of it is inside.
    ///
    /// A turned square has no upright box; the one with the same centre and sides covers the same face.
    func inOriginal(_ face: DetectedFace) -> DetectedFace? {
        let center = back(face.imageBox.center)
        let (width, height) = (face.imageBox.width * scale, face.imageBox.height * scale)
        var moved = face
        moved.imageBox = Rect(x: center.x - width / 2, y: center.y - height / 2, width: width, height: height)
        let bounds = Rect(x: 0, y: 0, width: Double(original.width), height: Double(original.height))
        let isCentered = (0..<bounds.right).contains(center.x) && (0..<bounds.bottom).contains(center.y)
        let inside = moved.imageBox.intersection(bounds).area
        guard isCentered || inside >= Self.leastPart * moved.imageBox.area else { return nil }
        moved.landmarks = face.landmarks.map { points in
            Landmarks(
                leftEye: back(points.leftEye), rightEye: back(points.rightEye), nose: back(points.nose),
                mouthLeft: back(points.mouthLeft), mouthRight: back(points.mouthRight))
        }
        return moved
    }
}

extension AffineTransform {
    /// First `first`, then this.
    fileprivate func following(_ first: AffineTransform) -> AffineTransform {
        AffineTransform(
            a: a * first.a + b * first.c, b: a * first.b + b * first.d, tx: a * first.tx + b * first.ty + tx,
            c: c * first.a + d * first.c, d: c * first.b + d * first.d, ty: c * first.tx + d * first.ty + ty)
    }
}
