import Foundation
import Testing

/// What the search for faces takes for one, through the built command.
@Suite struct FaceSearchTests {
    /// Boxes `[x, y, w, h]` of the faces that `emotion detect` finds.
    private func boxes(_ arguments: String...) throws -> [[Double]] {
        let command = try Command(["detect", "--json"] + arguments)
        let faces = try #require(command.objects().first?["faces"] as? [[String: Any]])
        #expect(command.status == (faces.isEmpty ? 3 : 0))
        return faces.compactMap { $0["face_box"] as? [Double] }
    }

    /// The path of a case in `shared`; nil, with the reason printed, where it is absent.
    private func sharedCase(_ name: String) -> String? {
        let path = Repository.root.appendingPathComponent("../shared/cases/\(name)").path
        if FileManager.default.fileExists(atPath: path) { return path }
        print("skipped: \(path) is absent")
        return nil
    }

    @Test(arguments: [
        "noface-haar-pumpkin.jpg", "noface-haar-waterfall.jpg", "noface-second-clock.jpg", "noface-second-hubble.jpg",
        "noface-second-text.png", "animal-cat.png",
    ])
    func findsNoneWhereNoneIs(name: String) throws {
        guard let path = sharedCase(name) else { return }
        #expect(try boxes(path).isEmpty)
    }

    /// One face that fills the picture, not a part of it.
    @Test(arguments: [("face-fills-frame.jpg", 899.0, 1350.0), ("full-face-tilted-wrong-box.png", 150, 150)])
    func findsTheFaceThatFillsThePicture(name: String, width: Double, height: Double) throws {
        guard let path = sharedCase(name) else { return }
        let found = try boxes(path)
        #expect(found.count == 1)
        let box = try #require(found.first)
        #expect(box[2] * box[3] > 0.5 * width * height, "\(box)")
    }

    /// Four are whole; three are cut off by the edge.
    @Test func findsFacesThatTheEdgeCutsOffInAGroup() throws {
        guard let path = sharedCase("border-faces-missed.jpg") else { return }
        #expect(try boxes(path).count > 4)
    }

    @Test func returnsNothingBelowTheSmallestFace() throws {
        #expect(try boxes("--min-face", "100", Repository.astronaut).count == 1)
        // The face's longer side is 110 pixels.
        #expect(try boxes("--min-face", "120", Repository.astronaut).isEmpty)
    }

    @Test func returnsNothingBelowTheLeastScore() throws {
        #expect(try boxes("--min-score", "0.99", Repository.astronaut).count == 1)
        #expect(try boxes("--min-score", "1", Repository.astronaut).isEmpty)
        #expect(try Command("detect", "--min-score", "1.1", Repository.astronaut).status == 2)
        #expect(try Command("detect", "--min-score=-0.1", Repository.astronaut).status == 2)
    }

    /// 8192×1 pixels of white: no face has room in it, so nothing is searched for.
    @Test func aPictureTooThinForAFaceCostsNothing() throws {
        let folder = try TemporaryFolder()
        let thin = try folder.file("thin.png", TinyPicture.thin)
        let start = ContinuousClock.now
        #expect(try boxes(thin).isEmpty)
        // It took eight seconds of processor time once, the start of the command a tenth of one.
        #expect(ContinuousClock.now - start < .seconds(4))
    }
}
