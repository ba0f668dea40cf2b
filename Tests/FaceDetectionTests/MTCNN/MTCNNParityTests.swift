import CCrypto
import FaceDetection
import ImageCodecs
import Imaging
import ModelWeights
import TensorEngine
import TestSupport
import Testing

/// Photographs and changed copies of them through the whole detector, against facenet-pytorch 2.6.0.
@Suite(.enabled(if: TestBuild.isRelease(for: "MTCNN parity"))) struct MTCNNParityTests {
    /// The largest differences met.
    struct Deviation {
        var pixels = 0.0
        var score: Float = 0
    }

    @Test(arguments: ["astronaut.png", "one_face.jpg", "no_face.jpg", "six_faces.jpg"])
    func findsTheReferencesFaces(in photo: String) throws {
        guard let path = path(of: photo) else { return }
        let detector = try MTCNN(contentsOf: BundledModel.mtcnn.path)
        let original = try ImageDecoder.decode(contentsOf: path)
        let references = try MTCNNReference.load().filter { $0.photo == photo }
        #expect(references.map(\.copy) == PhotoCopy.allCases)
        var worst = Deviation()
        for reference in references {
            let image = reference.copy(original)
            try #require(image.width == reference.width && image.height == reference.height)
            #expect(sha256(image.pixels) == reference.pixelsSHA256, "\(reference.name): other pixels")
            expectTheSameCounts(detector, image, reference)
            let deviation = deviation(of: detector.detect(in: image), from: reference)
            #expect(deviation.pixels <= 1, "\(reference.name)")
            #expect(deviation.score <= 1e-3, "\(reference.name)")
            worst.pixels = max(worst.pixels, deviation.pixels)
            worst.score = max(worst.score, deviation.score)
        }
        print("\(photo) and \(references.count - 1) copies: at most \(worst.pixels) px and \(worst.score) of score off")
    }

    @Test(arguments: [("astronaut.png", 1), ("one_face.jpg", 1), ("no_face.jpg", 0), ("six_faces.jpg", 6)])
    func countsTheFacesOfThePhotographs(photo: String, count: Int) throws {
        guard let path = path(of: photo) else { return }
        let detector = try MTCNN(contentsOf: BundledModel.mtcnn.path)
        #expect(detector.detect(in: try ImageDecoder.decode(contentsOf: path)).count == count)
    }

    /// The astronaut is in the public domain and lies in this package; the others only in the shared folder.
    private func path(of photo: String) -> String? {
        guard photo == "astronaut.png" else { return SharedData.path("photos/\(photo)") }
        return Fixture.path("../../EmotionDetectionTests/Fixtures/\(photo)")
    }

    /// As many boxes leave each network as leave the reference's.
    private func expectTheSameCounts(_ detector: MTCNN, _ image: Image, _ reference: MTCNNReference) {
        let size = Size(height: image.height, width: image.width)
        let levels = ImagePyramid(of: size, smallestFace: 20, factor: 0.709).levels.count
        let proposals = detector.propose(in: image)
        let refined = detector.refine(proposals, in: image)
        let expected = reference.suppressions.dropFirst(levels).map { $0[1] }
        let counts = [proposals.count, refined.count, detector.locate(refined, in: image).count]
        #expect(Array(counts.prefix(expected.count)) == expected, "\(reference.name)")
        #expect(counts.dropFirst(expected.count).allSatisfy { $0 == 0 })
    }

    private func deviation(of faces: [DetectedFace], from reference: MTCNNReference) -> Deviation {
        #expect(faces.count == reference.faces.count, "\(reference.name)")
        var worst = Deviation()
        for (face, expected) in zip(faces, reference.faces) {
            let box = face.imageBox
            let corners = zip([box.left, box.top, box.right, box.bottom], expected.box).map { abs($0 - $1) }
            let points = zip(face.landmarks?.points ?? [], expected.landmarks).flatMap { point, expected in
                [abs(point.x - expected[0]), abs(point.y - expected[1])]
            }
            #expect(points.count == 10)
            worst.pixels = max(worst.pixels, corners.max() ?? .infinity, points.max() ?? .infinity)
            worst.score = max(worst.score, abs(face.score - expected.score))
        }
        return worst
    }

    private func sha256(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256(bytes, bytes.count, &digest)
        let digits = Array("0123456789abcdef")
        return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
