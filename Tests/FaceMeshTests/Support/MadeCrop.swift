import FaceMesh
import ImageCodecs
import Imaging
import TestSupport

/// The crops that `fixtures_face_mesh.py` makes by integer arithmetic.
enum MadeCrop: String, CaseIterable, Sendable {
    case astronaut, mirrored, waves, noise

    /// The square around the astronaut's face, enlarged by nearest neighbour.
    private static let (left, top) = (151, 56)

    func image() throws -> Image {
        let side = FaceMeshNetwork.side
        switch self {
        case .astronaut, .mirrored:
            let photo = try Self.astronautPhoto()
            return Self.make { x, y, channel in
                let column = Self.left + (self == .mirrored ? side - 1 - x : x) * 9 / 16
                return photo.pixels[((Self.top + y * 9 / 16) * photo.width + column) * 3 + channel]
            }
        case .waves: return Self.make { x, y, channel in UInt8((x * 3 + y * 5 + channel * 85) % 256) }
        case .noise:
            return Self.make { x, y, channel in
                let hash = (x * 7919 + y * 104_729 + channel * 1_299_709) * 2_654_435_761 % (1 << 32)
                return UInt8(hash >> 24)
            }
        }
    }

    static func astronautPhoto() throws -> Image {
        let path = Fixture.path("../../EmotionDetectionTests/Fixtures/astronaut.png")
        return try ImageDecoder.decode(contentsOf: path)
    }

    private static func make(_ value: (Int, Int, Int) -> UInt8) -> Image {
        let side = FaceMeshNetwork.side
        var pixels: [UInt8] = []
        for y in 0..<side { for x in 0..<side { for channel in 0..<3 { pixels.append(value(x, y, channel)) } } }
        return Image(width: side, height: side, pixels: pixels)
    }
}
