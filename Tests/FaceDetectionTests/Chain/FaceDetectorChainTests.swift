import FaceDetection
import ImageCodecs
import Imaging
import ModelWeights
import TensorEngine
import TestSupport
import Testing

@Suite struct AssumedFaceTests {
    /// `int(w * 0.2)` and `int(h * 0.15)` on each side, worked out by hand.
    @Test(arguments: [
        (640, 480, Rect(x: 128, y: 72, width: 384, height: 336), DetectionStage.centerRegion),
        (101, 99, Rect(x: 20, y: 14, width: 61, height: 71), .centerRegion),
        (19, 40, Rect(x: 3, y: 6, width: 13, height: 28), .centerRegion),
        (17, 40, Rect(x: 3, y: 6, width: 11, height: 28), .pictureTooSmall),
        (1, 1, Rect(x: 0, y: 0, width: 1, height: 1), .pictureTooSmall),
    ])
    func leavesTheMarginsOfTheOriginalSystem(width: Int, height: Int, expected: Rect, stage: DetectionStage) {
        let face = DetectedFace.assumed(in: Image(width: width, height: height, filledWith: .black))
        #expect(face.imageBox == expected)
        #expect(face.stage == stage)
        #expect(!face.stage.isDetection)
        #expect(face.score == 0)
        #expect(face.landmarks == nil)
    }
}

@Suite struct FaceSelectionTests {
    /// Small and sure in the middle, large in a corner, medium and unsure beside the middle.
    private let faces = [
        DetectedFace(imageBox: Rect(x: 310, y: 230, width: 20, height: 20), score: 0.99, stage: .mtcnn),
        DetectedFace(imageBox: Rect(x: 0, y: 0, width: 100, height: 100), score: 0.9, stage: .mtcnn),
        DetectedFace(imageBox: Rect(x: 300, y: 180, width: 80, height: 80), score: 0.7, stage: .haarCascade),
    ]
    private let size = Size(height: 480, width: 640)

    @Test(arguments: [
        (FaceSelection.all, [1, 2, 0]), (.largest, [1]), (.mostConfident, [0]), (.centerWeighted, [2]),
        (FaceSelection(.confidence), [0, 1, 2]), (FaceSelection(.centerWeighted), [2, 1, 0]),
        (FaceSelection(.size, limit: 2), [1, 2]), (FaceSelection(.size, limit: 0), []),
    ])
    func ranksAndLimits(selection: FaceSelection, expected: [Int]) {
        #expect(selection.selected(from: faces, in: size) == expected.map { faces[$0] })
        #expect(selection.selected(from: faces.reversed(), in: size) == expected.map { faces[$0] })
    }

    @Test(arguments: FaceSelection.Ranking.allCases)
    func equalFacesComeFromTopToBottomThenFromLeftToRight(ranking: FaceSelection.Ranking) {
        // All as far from the middle of the picture as the others.
        let corners = [(0, 0), (540, 0), (0, 380), (540, 380)].map { x, y in
            DetectedFace(imageBox: Rect(x: x, y: y, width: 100, height: 100), score: 0.8, stage: .mtcnn)
        }
        #expect(FaceSelection(ranking).selected(from: corners.reversed(), in: size) == corners)
    }
}

@Suite(.enabled(if: TestBuild.isRelease(for: "FaceDetectorChain"))) struct FaceDetectorChainTests {
    private func chain(_ configuration: FaceDetectorChain.Configuration, missing: Bool = false) throws
        -> FaceDetectorChain
    {
        // No probability exceeds 1, so that MTCNN finds nothing.
        let thresholds = missing ? MTCNN.Thresholds(proposal: 1.1) : MTCNN.Thresholds()
        return FaceDetectorChain(
            mtcnn: try MTCNN(contentsOf: BundledModel.mtcnn.path, configuration: .init(thresholds: thresholds)),
            cascade: try HaarCascade(contentsOf: BundledModel.haarCascade.path), configuration: configuration)
    }

    private func astronaut() throws -> Image {
        try ImageDecoder.decode(contentsOf: Fixture.path("../../EmotionDetectionTests/Fixtures/astronaut.png"))
    }

    @Test func nothingIsAssumedInPlaceOfFacesThatAreNotWanted() throws {
        let image = try astronaut()
        #expect(try chain(.init(selection: FaceSelection(.size, limit: 0))).faces(in: image).isEmpty)
        let none = try chain(.init(selection: FaceSelection(.size, limit: 1)), missing: true)
        #expect(none.faces(in: Image(width: 64, height: 48, filledWith: .white)).map(\.stage) == [.centerRegion])
    }

    @Test func theCascadeLooksOnlyWhereMTCNNFindsNothing() throws {
        let image = try astronaut()
        #expect(try chain(.init()).faces(in: image).map(\.stage) == [.mtcnn])
        let fallback = try chain(.init(), missing: true).faces(in: image)
        #expect(fallback.map(\.stage) == [.haarCascade])
        #expect(fallback[0].score > 0.5)
        #expect(fallback[0].imageBox.overlap(with: try chain(.init()).faces(in: image)[0].imageBox) > 0.5)
    }

    @Test func withoutTheCascadeTheMiddleIsAssumed() throws {
        let image = try astronaut()
        let configuration = FaceDetectorChain.Configuration(usesCascade: false)
        #expect(try chain(configuration, missing: true).faces(in: image).map(\.stage) == [.centerRegion])
        #expect(try chain(configuration, missing: true).detect(in: image).isEmpty)
        let strict = FaceDetectorChain.Configuration(usesCascade: false, assumesFaceIfNotDetected: false)
        #expect(try chain(strict, missing: true).faces(in: image).isEmpty)
    }

    @Test func aTurnedFaceIsFoundInACopyTurnedBack() throws {
        let image = try astronaut()
        let turn = AffineTransform.rotation(by: .pi / 3, around: image.bounds.center)
        let turned = image.warped(by: turn, to: image.size)
        // A probability so high that only an upright face reaches it.
        let mtcnn = try MTCNN(
            contentsOf: BundledModel.mtcnn.path,
            configuration: .init(thresholds: .init(refinement: 0.99, output: 0.999)))
        let cascade = try HaarCascade(contentsOf: BundledModel.haarCascade.path)
        func found(_ image: Image, triesHarder: Bool) -> [DetectedFace] {
            let configuration = FaceDetectorChain.Configuration(usesCascade: false, triesHarder: triesHarder)
            return FaceDetectorChain(mtcnn: mtcnn, cascade: cascade, configuration: configuration).detect(in: image)
        }
        let upright = try #require(found(image, triesHarder: false).first).imageBox.center
        #expect(found(turned, triesHarder: false).isEmpty)
        let face = try #require(found(turned, triesHarder: true).first)
        let (center, expected) = (face.imageBox.center, turn(upright))
        #expect(abs(center.x - expected.x) < 15 && abs(center.y - expected.y) < 15)
        // Eyes and mouth come back turned, as the picture shows them.
        let landmarks = try #require(face.landmarks)
        let slope = (landmarks.rightEye.y - landmarks.leftEye.y) / (landmarks.rightEye.x - landmarks.leftEye.x)
        #expect(slope > 1)
    }

    private func chain() throws -> FaceDetectorChain {
        FaceDetectorChain(
            mtcnn: try MTCNN(contentsOf: BundledModel.mtcnn.path),
            cascade: try HaarCascade(contentsOf: BundledModel.haarCascade.path))
    }

    /// MTCNN makes something of a face on its head, too; the look that turns it round must win.
    @Test(arguments: [1, 2, 3])
    func aFaceOnItsSideOrHeadIsFoundAsItStands(quarterTurns: Int) throws {
        let (image, chain) = (try astronaut(), try chain())
        let upright = try #require(chain.detect(in: image).first?.landmarks)
        let faces = chain.detect(in: image.rotated(quarterTurns: quarterTurns))
        let landmarks = try #require(faces.first?.landmarks)
        #expect(faces.count == 1)
        func turned(_ point: Point) -> Point {
            let last = Double(image.width - 1)
            switch quarterTurns {
            case 1: return Point(x: last - point.y, y: point.x)
            case 2: return Point(x: last - point.x, y: last - point.y)
            default: return Point(x: point.y, y: last - point.x)
            }
        }
        for (found, expected) in zip(landmarks.points, upright.points.map(turned)) {
            #expect(abs(found.x - expected.x) < 8 && abs(found.y - expected.y) < 8, "\(found), not \(expected)")
        }
    }

    /// The astronaut's face alone, so large that its outline lies beyond the picture.
    @Test(arguments: [300, 640, 1200])
    func aFaceThatFillsThePictureIsFoundWhole(side: Int) throws {
        let face = try astronaut().resized(
            from: Rect(x: 184, y: 74, width: 84, height: 84), to: Size(side: side))
        let faces = try chain().detect(in: face)
        #expect(faces.count == 1)
        let box = try #require(faces.first).imageBox
        #expect(box.intersection(face.bounds).area > 0.6 * face.bounds.area, "\(box)")
    }

    /// So large that the outline lies beyond the picture: box and landmarks are those of the face all the same.
    @Test(arguments: [300, 600])
    func ofAFaceThatFillsThePictureEyesAndMouthAreWhereTheyAre(side: Int) throws {
        let (image, chain) = (try astronaut(), try chain())
        let whole = try #require(chain.detect(in: image).first)
        let part = Rect(x: 196, y: 90, width: 60, height: 60)
        let close = try #require(chain.detect(in: image.resized(from: part, to: Size(side: side))).first)
        let scale = Double(side) / part.width
        let (found, expected) = (try #require(close.landmarks).points, try #require(whole.landmarks).points)
        for (found, expected) in zip(found, expected) {
            let (x, y) = ((expected.x - part.x) * scale, (expected.y - part.y) * scale)
            #expect(abs(found.x - x) < 0.08 * Double(side) && abs(found.y - y) < 0.08 * Double(side), "\(found)")
        }
        #expect(close.imageBox.width < 1.15 * whole.imageBox.width * scale)
        #expect(close.imageBox.height < 1.15 * whole.imageBox.height * scale)
    }

    /// Its centre on the edge, in a picture of nothing else.
    @Test(arguments: [(0.0, 0.5), (1, 0.5), (0.5, 1)])
    func aFaceThatTheEdgeHalvesIsFound(x: Double, y: Double) throws {
        let (image, chain) = (try astronaut(), try chain())
        let face = try #require(chain.detect(in: image).first).imageBox
        let (width, height) = (480, 360)
        let offset = Point(x: x * Double(width) - face.center.x * 1.5, y: y * Double(height) - face.center.y * 1.5)
        let shift = AffineTransform(a: 1.5, b: 0, tx: offset.x, c: 0, d: 1.5, ty: offset.y)
        let halved = image.warped(
            by: shift, to: Size(height: height, width: width), border: .constant(Color(hex: 0x6E767E)))
        let found = try #require(chain.detect(in: halved).first).imageBox
        let expected = Rect(
            x: offset.x + face.x * 1.5, y: offset.y + face.y * 1.5, width: face.width * 1.5, height: face.height * 1.5)
        #expect(found.overlap(with: expected) > 0.4, "\(found), not \(expected)")
    }

    @Test func whatMTCNNTakesForAFaceBeginsNoTrackUnlessItConvinces() throws {
        let (chain, drawn) = (try chain(), DrawnFace.image)
        #expect(!chain.mtcnn.detect(in: drawn).isEmpty)
        #expect(chain.detect(in: drawn).isEmpty)
        var (alone, asked) = (FaceTracker(chain.mtcnn), FaceTracker(VideoFaceFinder(chain)))
        for frame in 0..<5 {
            let time = Double(frame) / 10
            #expect(try !alone.track(drawn, at: time).isEmpty)
            #expect(try asked.track(drawn, at: time).isEmpty)
        }
        #expect(try asked.track(astronaut(), at: 1).count == 1)
    }

    /// Faces of the stated size, 1/16 of the longer side, are found by the further looks in a picture of any size.
    @Test func theStatedSmallestFaceIsFoundInADarkLargePicture() throws {
        let (image, chain) = (try astronaut(), try chain())
        let face = try #require(chain.detect(in: image).first).imageBox
        let scale = 125.0 / face.height
        let size = Size(height: Int(512 * scale), width: Int(512 * scale))
        let small = image.resized(to: size)
        let dark = Image(width: size.width, height: size.height, pixels: small.pixels.map { UInt8(Int($0) / 16) })
        let picture = dark.padded(
            left: 600, top: 400, right: 2000 - 600 - size.width, bottom: 1500 - 400 - size.height,
            with: Color(hex: 0x080808))
        let found = try #require(chain.detect(in: picture).first).imageBox.center
        #expect(abs(found.x - 600 - face.center.x * scale) < 30 && abs(found.y - 400 - face.center.y * scale) < 30)
    }

    @Test func texturesAreNoFaces() throws {
        let chain = try chain()
        var generator = SeededGenerator(seed: 9)
        for cell in [4, 9, 24] {
            let levels = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let pixels = (0..<(320 * 240)).flatMap { (index: Int) -> [UInt8] in
                let (row, column) = (index / 320 / cell, index % 320 / cell)
                return [UInt8](repeating: levels[row * 100 + column], count: 3)
            }
            #expect(chain.detect(in: Image(width: 320, height: 240, pixels: pixels)).isEmpty, "cells of \(cell)")
        }
    }

    @Test func theLeastScoreIsKept() throws {
        let image = try astronaut()
        let all = FaceDetectorChain.Configuration(minimumScore: 0)
        let none = FaceDetectorChain.Configuration(minimumScore: 1)
        #expect(try chain(all).detect(in: image).count >= 1)
        #expect(try chain(none).detect(in: image).isEmpty)
    }
}
