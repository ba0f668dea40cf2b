import EmotionDetection
import Testing
import TestSupport

@Suite(.enabled(if: TestBuild.isRelease(for: "DetectorConcurrencyTests")))
struct DetectorConcurrencyTests {
    private static let tasks = 12

    /// Small pictures that take every way: a face, a face elsewhere, none.
    private static let pictures = [
        SelfTestPicture.face,
        SelfTestPicture.face.padded(left: 20, top: 8, with: .black),
        Image(width: 60, height: 48, filledWith: Color(hex: 0x808080)),
    ]

    @Test func manyTasksGetTheAnswersOfOne() async throws {
        let detector = try EmotionDetector()
        let alone = try Self.pictures.map { try detector.detect(in: $0).faces }
        let together = try await withThrowingTaskGroup(of: (Int, [FaceEmotion]).self) { group in
            for task in 0..<Self.tasks {
                let picture = task % Self.pictures.count
                group.addTask { (picture, try detector.detect(in: Self.pictures[picture]).faces) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(together.count == Self.tasks)
        #expect(alone.map(\.count) == [1, 1, 1])
        for (picture, faces) in together { #expect(faces == alone[picture]) }
    }

    @Test func manyTasksMayMeetAnUnloadedDetector() async throws {
        let detector = try EmotionDetector(.init(loading: .onFirstUse))
        let crop = Image(width: 32, height: 32, filledWith: Color(hex: 0x906050))
        let answers = try await withThrowingTaskGroup(of: [EmotionScores].self) { group in
            for _ in 0..<Self.tasks { group.addTask { try detector.classify(faces: [crop]) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers).count == 1)
        #expect(answers.count == Self.tasks)
    }
}
