import FaceDetection
import Imaging
import TensorEngine
import TestSupport

/// A video of two people made from two faces: they sway, cross, leave the picture and return.
///
/// Every frame draws both before a textured wall, turned, scaled and lit a little differently each time, with sensor
/// noise; so the truth about who is where is known.
struct MadeVideo {
    /// Where a person is in a frame.
    struct Pose {
        /// Centre and side of the face's box.
        let center: Point
        let side: Double
        /// Tilt in radians.
        let tilt: Double
        let isInFront: Bool
    }

    /// A cut-out of a person whose face's box has its centre in the middle.
    struct Person {
        let picture: Image
        let faceSide: Double
    }

    static let framesPerSecond = 30.0
    static let size = Size(height: 480, width: 640)
    /// In seconds: they cross, the interviewee leaves, comes back from the other side, the bystander leaves and returns.
    static let duration = 15.0
    let people: [Person]

    var frameCount: Int { Int(Self.duration * Self.framesPerSecond) }

    /// Frame `index` and where the interviewee (0) and the bystander (1) are.
    func frame(_ index: Int) -> (image: Image, timestamp: Double, poses: [Pose]) {
        let timestamp = Double(index) / Self.framesPerSecond
        let poses = [Self.interviewee(at: timestamp), Self.bystander(at: timestamp)]
        var image = Self.wall
        for person in poses.indices.sorted(by: { !poses[$0].isInFront && poses[$1].isInFront }) {
            draw(people[person], at: poses[person], into: &image)
        }
        light(&image, index)
        return (image, timestamp, poses)
    }

    private static func interviewee(at time: Double) -> Pose {
        let x = course(
            [(0, 290), (2, 290), (4.5, 520), (6, 520), (7, 790), (7, -150), (9.5, -150), (11, 250), (15, 330)], time)
        return Pose(
            center: Point(x: x, y: 240 + 6 * wave(time, period: 2.3)), side: 130 + 8 * wave(time, period: 3.1),
            tilt: 0.10 * wave(time, period: 1.9), isInFront: false)
    }

    /// Passes in front of the interviewee, takes the middle of the picture while they are away, leaves and returns.
    private static func bystander(at time: Double) -> Pose {
        let x = course(
            [(0, 540), (2, 540), (4.5, 120), (7.5, 120), (8.2, 330), (9, 330), (10.5, 560), (12, 780), (13.5, 540)],
            time)
        return Pose(
            center: Point(x: x, y: 225 + 6 * wave(time, period: 2.9)), side: 110 + 6 * wave(time, period: 2.1),
            tilt: 0.12 * wave(time, period: 2.4), isInFront: true)
    }

    /// Straight from point to point; where it was before the first and after the last.
    private static func course(_ points: [(time: Double, x: Double)], _ time: Double) -> Double {
        guard let next = points.firstIndex(where: { $0.time > time }) else { return points[points.count - 1].x }
        let (from, to) = (points[max(next - 1, 0)], points[next])
        return from.time < to.time ? from.x + (to.x - from.x) * (time - from.time) / (to.time - from.time) : from.x
    }

    /// −1…1…−1 in parabolas, smooth enough for a sway.
    private static func wave(_ time: Double, period: Double) -> Double {
        let phase = (time / period).truncatingRemainder(dividingBy: 1) * 4
        return phase < 2 ? phase * (2 - phase) : (phase - 2) * (phase - 4)
    }

    private static let wall = Image.coarseNoise(width: size.width, height: size.height, seed: 9).mixed(
        with: (150, 140, 120), part: 0.8)

    /// Only the ellipse inside of the cut-out is drawn, so that no frame gives a person away.
    private func draw(_ person: Person, at pose: Pose, into image: inout Image) {
        let middle = Point(x: Double(person.picture.width) / 2, y: Double(person.picture.height) / 2)
        let scale = pose.side / person.faceSide
        var move = AffineTransform.rotation(by: pose.tilt, scale: scale, around: middle)
        move.tx += pose.center.x - middle.x
        move.ty += pose.center.y - middle.y
        guard let back = move.inverse else { return }
        let warped = person.picture.warped(by: move, to: Self.size)
        image.withUnsafeMutablePixels { target in
            for y in 0..<Self.size.height {
                for x in 0..<Self.size.width {
                    let source = back(Point(x: Double(x), y: Double(y)))
                    let (dx, dy) = (source.x / middle.x - 1, source.y / middle.y - 1)
                    guard dx * dx + dy * dy < 0.97 else { continue }
                    for channel in 0..<3 {
                        let index = (y * Self.size.width + x) * 3 + channel
                        target[index] = warped.pixels[index]
                    }
                }
            }
        }
    }

    /// Brightness that drifts by a tenth, and noise of ±4 levels.
    private func light(_ image: inout Image, _ index: Int) {
        let gain = Int(256 * (1 + 0.1 * Self.wave(Double(index), period: 97)))
        var generator = SeededGenerator(seed: UInt64(index))
        let noise = generator.bytes(4096)
        image.withUnsafeMutablePixels { target in
            for index in target.indices {
                let lit = Int(target[index]) * gain / 256 + Int(noise[(index &* 7919) & 4095] & 7) - 4
                target[index] = UInt8(min(max(lit, 0), 255))
            }
        }
    }
}

extension MadeVideo.Person {
    /// The person around the face in `box`: hair and shoulders, at most as far as the picture goes on every side.
    init(around box: Rect, in image: Image) {
        let reach = min(
            box.side * 0.95, box.center.x, box.center.y, Double(image.width) - box.center.x,
            Double(image.height) - box.center.y)
        picture = image.cropped(
            to: Rect(x: box.center.x - reach, y: box.center.y - reach, width: 2 * reach, height: 2 * reach))
        faceSide = box.side
    }

    /// Somebody else: mirrored, with other hair, skin and clothes.
    var recoloured: MadeVideo.Person {
        var other = picture.horizontallyFlipped()
        other.withUnsafeMutablePixels { pixels in
            for start in stride(from: 0, to: pixels.count, by: 3) {
                let (red, green, blue) = (Int(pixels[start]), Int(pixels[start + 1]), Int(pixels[start + 2]))
                // Dark becomes light brown: other hair; the rest darker and less red: other skin.
                let shade = red + green + blue < 210 ? 110 : 0
                pixels[start] = UInt8(min(red * 5 / 8 + shade, 255))
                pixels[start + 1] = UInt8(min(green * 5 / 8 + shade * 3 / 4, 255))
                pixels[start + 2] = UInt8(min(blue * 5 / 8 + shade / 2, 255))
            }
        }
        return MadeVideo.Person(picture: other, faceSide: faceSide)
    }

}

extension Image {
    /// Each pixel moved towards a colour.
    fileprivate func mixed(with color: (Int, Int, Int), part: Double) -> Image {
        let target = [Double(color.0), Double(color.1), Double(color.2)]
        return Image(
            width: width, height: height,
            pixels: pixels.indices.map { UInt8(Double(pixels[$0]) * (1 - part) + target[$0 % 3] * part) })
    }
}
