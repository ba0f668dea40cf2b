import EmotionDetection
import ImageCodecs
import Testing
import TestSupport

@Suite(.enabled(if: TestBuild.isRelease(for: "EmotionDetectorTests")))
struct EmotionDetectorTests {
    private let detector: EmotionDetector

    init() throws {
        detector = try EmotionDetector()
    }

    private func astronaut() throws -> Image {
        try ImageDecoder.decode(contentsOf: Fixture.path("astronaut.png"))
    }

    @Test func findsOneHappyAstronaut() throws {
        let result = try detector.detect(in: astronaut())
        #expect(result.faces.count == 1)
        #expect(result.faceDetected)
        let face = try #require(result.primaryFace)
        #expect(face.dominantEmotion == .happy)
        #expect(face.confidence == face.scores[.happy])
        #expect(face.stage == .mtcnn)
        #expect(abs(face.scores.values.reduce(0, +) - 1) < 1e-5)
        #expect(result.imageSize == Size(height: 512, width: 512))
        #expect(result.timings.faceSearchMilliseconds > 0)
        #expect(result.timings.classificationMilliseconds > 0)
    }

    @Test(arguments: [1, 3]) func answersAlikeOnAnyNumberOfThreads(_ threads: Int) throws {
        let other = try EmotionDetector(.init(threads: threads))
        let faces = try [detector, other].map { try #require(try $0.detect(in: astronaut()).primaryFace) }
        #expect(faces[0].box == faces[1].box)
        for emotion in Emotion.allCases {
            #expect(abs(faces[0].scores[emotion] - faces[1].scores[emotion]) < 1e-5)
        }
    }

    /// On machines without compiled kernels both are portable, and this says nothing.
    @Test func findsTheSameWithPortableKernels() throws {
        let portable = try EmotionDetector(.init(kernels: .portable)).detect(in: astronaut())
        let usual = try detector.detect(in: astronaut())
        #expect(usual.faces.count == 1)
        #expect(portable.faces.map(\.stage) == usual.faces.map(\.stage))
        for (face, expected) in zip(portable.faces, usual.faces) {
            let corners = zip(
                [face.box.left, face.box.top, face.box.right, face.box.bottom],
                [expected.box.left, expected.box.top, expected.box.right, expected.box.bottom])
            #expect(corners.allSatisfy { abs($0 - $1) < 0.1 })
            #expect(abs(face.face.score - expected.face.score) < 1e-3)
            #expect(zip(face.scores.values, expected.scores.values).allSatisfy { abs($0 - $1) < 1e-3 })
            #expect(face.dominantEmotion == expected.dominantEmotion)
        }
    }

    /// How many faces facenet-pytorch finds in each of the shared photographs.
    @Test(arguments: [("six_faces.jpg", 6), ("one_face.jpg", 1), ("no_face.jpg", 0)])
    func countsTheFacesOfASharedPhotograph(name: String, count: Int) throws {
        guard let path = SharedData.path("photos/\(name)") else { return }
        let image = try ImageDecoder.decode(contentsOf: path)
        #expect(try detector.detectFaces(in: image).count == count)
        let result = try detector.detect(in: image)
        #expect(result.faceDetected == (count > 0))
        #expect(result.faces.count == max(count, 1))
        let areas = result.faces.map(\.box.area)
        #expect(areas == areas.sorted(by: >))
    }

    @Test func marksTheCenterRegionAsNotDetected() throws {
        let gray = Image(width: 64, height: 48, filledWith: Color(hex: 0x808080))
        let result = try detector.detect(in: gray)
        #expect(!result.faceDetected)
        let face = try #require(result.primaryFace)
        #expect(face.stage == .centerRegion)
        #expect(!face.faceDetected)
        #expect(try detector.detectFaces(in: gray).isEmpty)
    }

    @Test func assumesNoFaceWhereItIsToldNotTo() throws {
        let strict = try EmotionDetector(.init(search: .init(assumesFaceIfNotDetected: false)))
        let result = try strict.detect(in: Image(width: 64, height: 48, filledWith: .white))
        #expect(result.faces.isEmpty)
        #expect(result.primaryFace == nil)
        #expect(!result.faceDetected)
    }

    @Test(arguments: [(1, 1), (1, 300), (300, 1), (11, 12)])
    func takesPicturesTooSmallForAFace(width: Int, height: Int) throws {
        let result = try detector.detect(in: Image(width: width, height: height, filledWith: .white))
        #expect(result.faces.map(\.faceDetected) == [false])
        let face = try #require(result.primaryFace)
        #expect(face.stage == .pictureTooSmall)
        #expect(face.dominantEmotion == .neutral)
        #expect(face.confidence < 0.3)
        #expect(!face.isTrusted)
    }

    @Test func classifiesCropsInOnePassAsOneByOne() throws {
        let image = try astronaut()
        let face = try #require(detector.detectFaces(in: image).first)
        let crops = [0, 0.1, 0.3].map { FaceCropping(padding: $0).crop(of: face, in: image) }
        let together = try detector.classify(faces: crops)
        #expect(together.count == 3)
        for (crop, scores) in zip(crops, together) {
            let alone = try #require(detector.classify(faces: [crop]).first)
            // Matrix products of other sizes add in another order.
            let differences = zip(alone.values, scores.values).map { abs($0 - $1) }
            #expect(differences.allSatisfy { $0 < 1e-5 })
        }
        let usual = try #require(detector.classify(faces: [FaceCropping().crop(of: face, in: image)]).first)
        #expect(try detector.detect(in: image).faces.map(\.scores) == [usual])
        #expect(try detector.classify(faces: []).isEmpty)
    }

    @Test func severalPicturesGetTheAnswersTheyGetAlone() throws {
        let images = try [
            astronaut(), Image(width: 64, height: 48, filledWith: .white),
            Image(width: 2, height: 2, filledWith: .black),
        ]
        let together = try detector.detect(in: images)
        #expect(together.map { $0.faces.map(\.stage) } == [[.mtcnn], [.centerRegion], [.pictureTooSmall]])
        for (image, result) in zip(images, together) {
            let alone = try detector.detect(in: image)
            #expect(alone.faces.map(\.face) == result.faces.map(\.face))
            #expect(alone.imageSize == result.imageSize)
            for (first, second) in zip(alone.faces, result.faces) {
                #expect(zip(first.scores.values, second.scores.values).allSatisfy { abs($0 - $1) < 1e-5 })
            }
        }
        #expect(try detector.detect(in: []).isEmpty)
    }

    @Test func answersItsSelfTestLikeTheReference() throws {
        let test = try #require(try detector.selfTest())
        #expect(test.passed)
        #expect(test.largestOffset < 0.1)
        // The crop hangs on landmarks that agree to some hundredths of a pixel.
        #expect(test.largestScoreDifference < 3e-4)
    }

    @Test func hasNoSelfTestForForeignWeights() throws {
        let copy = detector.configuration.weightPaths[1]
        #expect(try EmotionDetector(.init(emotionWeights: copy)).selfTest() == nil)
    }

    @Test func saysWhichModelItUses() throws {
        let model = try detector.emotionModel
        let description = try ModelDescription(contentsOf: detector.configuration.weightPaths[1])
        #expect(model.name == description.name)
        #expect(model.version == description.version)
        #expect(model.sha256 == description.sha256)
    }
}
