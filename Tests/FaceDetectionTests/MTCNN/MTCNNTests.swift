import FaceDetection
import Imaging
import ModelWeights
import TestSupport
import Testing

@Suite struct MTCNNTests {
    private func noise(width: Int, height: Int, seed: UInt64) -> Image {
        var generator = SeededGenerator(seed: seed)
        return Image(width: width, height: height, pixels: generator.bytes(width * height * 3))
    }

    @Test(arguments: [(1, 1), (19, 300), (300, 19), (20, 20), (21, 33)])
    func tinyAndNarrowPicturesHaveNoFace(width: Int, height: Int) throws {
        let detector = try MTCNN(contentsOf: BundledModel.mtcnn.path)
        #expect(detector.detect(in: noise(width: width, height: height, seed: 1)).isEmpty)
    }

    @Test func candidatesAreCapped() throws {
        var configuration = MTCNN.Configuration(minimumFace: 12)
        configuration.thresholds.proposal = 0
        let image = noise(width: 40, height: 30, seed: 2)
        let all = try MTCNN(contentsOf: BundledModel.mtcnn.path, configuration: configuration).propose(in: image)
        configuration.maximumCandidates = 5
        let few = try MTCNN(contentsOf: BundledModel.mtcnn.path, configuration: configuration).propose(in: image)
        #expect(all.count > 20)
        #expect(few.count == 5)
        #expect(few.first == all.first)
    }

    @Test func boxesOutsideOfThePictureAreLeftOut() throws {
        let detector = try MTCNN(contentsOf: BundledModel.mtcnn.path)
        let image = noise(width: 30, height: 30, seed: 3)
        let outside = FaceBox(left: 40, top: 5, right: 60, bottom: 25)
        #expect(detector.refine([outside], in: image).isEmpty)
        #expect(detector.locate([outside], in: image).isEmpty)
    }

    @Test func manyTasksGetTheAnswerOfOne() async throws {
        let detector = try MTCNN(contentsOf: BundledModel.mtcnn.path)
        let image = noise(width: 60, height: 50, seed: 4)
        let expected = detector.propose(in: image)
        let answers = await withTaskGroup { group in
            for _ in 0..<8 { group.addTask { detector.propose(in: image) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 8)
        #expect(answers.allSatisfy { $0 == expected })
    }
}
