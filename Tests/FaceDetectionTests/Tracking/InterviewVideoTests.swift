import FaceDetection
import ImageCodecs
import Imaging
import ModelWeights
import TensorEngine
import TestSupport
import Testing

/// The real detector on made videos of two people who cross, leave and return.
@Suite(.enabled(if: TestBuild.isRelease(for: "Interview videos"))) struct InterviewVideoTests {
    /// What came of a video.
    private struct Outcome {
        /// Ids that were the interviewee's in some frame.
        var ids: Set<Int> = []
        /// Frames after the selection in which the interviewee's whole face could be seen, and those taken of them.
        var (visible, taken) = (0, 0)
        /// Frames in which somebody else's face entered.
        var foreign: [Int] = []
        var absent = 0
        var unsure = 0
        var searches = 0
    }

    /// Faces of the shared group photograph, from left to right; nil for those of this package.
    @Test(arguments: [nil, (0, 1), (4, 5), (5, 2)] as [(Int, Int)?])
    func intervieweeKeepsOneIdentityAndNobodyElseEnters(pair: (Int, Int)?) throws {
        let detector = try MTCNN(contentsOf: BundledModel.mtcnn.path, configuration: .webcam)
        guard let people = try people(pair, detector) else { return }
        let outcome = try outcome(of: MadeVideo(people: people), detector)
        print(
            "faces \(pair.map { "\($0)" } ?? "astronaut"): \(outcome.taken) of \(outcome.visible) frames taken, "
                + "\(outcome.foreign.count) foreign, absent in \(outcome.absent), unsure in \(outcome.unsure), "
                + "\(outcome.searches) searches, ids \(outcome.ids.sorted())")
        #expect(outcome.ids.count == 1)
        #expect(outcome.foreign.isEmpty)
        #expect(outcome.visible > 180)
        #expect(Double(outcome.taken) >= 0.95 * Double(outcome.visible))
        #expect(outcome.absent > 30)
    }

    /// The same videos with many frames left out: who crosses, leaves or returns does so between two frames.
    @Test(arguments: [0.2, 0.5, 1, 2])
    func nobodyElseEntersAtCoarseSteps(seconds: Double) throws {
        let detector = try MTCNN(contentsOf: BundledModel.mtcnn.path, configuration: .webcam)
        guard let people = try people(nil, detector) else { return }
        let step = Int(seconds * MadeVideo.framesPerSecond)
        let outcome = try outcome(of: MadeVideo(people: people), detector, step: step)
        print(
            "every \(seconds) s: \(outcome.taken) of \(outcome.visible) frames taken, \(outcome.foreign.count) foreign, "
                + "absent in \(outcome.absent), unsure in \(outcome.unsure), ids \(outcome.ids.sorted())")
        #expect(outcome.ids.count == 1)
        #expect(outcome.foreign.isEmpty)
        #expect(Double(outcome.taken) >= 0.9 * Double(outcome.visible))
    }

    @Test func equalVideosGiveEqualTracks() throws {
        let detector = try MTCNN(contentsOf: BundledModel.mtcnn.path, configuration: .webcam)
        let video = MadeVideo(people: try #require(try people(nil, detector)))
        func tracks() throws -> [[FaceTrack]] {
            var tracker = FaceTracker(detector)
            return try stride(from: 60, to: 130, by: 2).map { index in
                let frame = video.frame(index)
                return try tracker.track(frame.image, at: frame.timestamp)
            }
        }
        #expect(try tracks() == tracks())
    }

    private func people(_ pair: (Int, Int)?, _ detector: MTCNN) throws -> [MadeVideo.Person]? {
        let path =
            pair == nil
            ? Fixture.path("../../EmotionDetectionTests/Fixtures/astronaut.png")
            : SharedData.path("photos/six_faces.jpg")
        guard let path else { return nil }
        let photo = try ImageDecoder.decode(contentsOf: path)
        let boxes = detector.detect(in: photo).map(\.imageBox).sorted { $0.left < $1.left }
        guard let pair else {
            let astronaut = MadeVideo.Person(around: try #require(boxes.last), in: photo)
            return [astronaut, astronaut.recoloured]
        }
        try #require(boxes.count == 6)
        return [pair.0, pair.1].map { MadeVideo.Person(around: boxes[$0], in: photo) }
    }

    private func outcome(of video: MadeVideo, _ detector: MTCNN, step: Int = 1) throws -> Outcome {
        var (tracker, lock, outcome) = (FaceTracker(detector), IntervieweeLock(), Outcome())
        for index in stride(from: 0, to: video.frameCount, by: step) {
            let (image, timestamp, poses) = video.frame(index)
            let faces = try tracker.track(image, at: timestamp)
            let state = lock.update(faces, in: image.size, at: timestamp)
            tracker.keptID = state.interviewee
            outcome.searches += tracker.didSearch ? 1 : 0
            let isVisible = Self.isWhollyVisible(poses)
            if state.interviewee != nil, isVisible { outcome.visible += 1 }
            switch state {
            case .selecting: break
            case .absent: outcome.absent += 1
            case .unsure: outcome.unsure += 1
            case .locked(let id):
                let face = try #require(faces.first { $0.id == id })
                outcome.ids.insert(id)
                if Self.isForeign(face, poses) { outcome.foreign.append(index) }
                if isVisible { outcome.taken += 1 }
            }
        }
        return outcome
    }

    /// Whether the interviewee's box lies in the picture and at some distance from the bystander's.
    private static func isWhollyVisible(_ poses: [MadeVideo.Pose]) -> Bool {
        let (center, side) = (poses[0].center, poses[0].side)
        let isInside = center.x - side / 2 > 0 && center.x + side / 2 < Double(MadeVideo.size.width)
        return isInside && abs(center.x - poses[1].center.x) > 1.9 * (side + poses[1].side) / 2
    }

    /// Whether the face is not the interviewee's, or nobody's. Of a face that is half outside the detector's box may
    /// lie beside the truth.
    private static func isForeign(_ face: FaceTrack, _ poses: [MadeVideo.Pose]) -> Bool {
        let distances = poses.map { distance(face, $0) }
        return distances[0] > 0.75 || distances[1] < distances[0]
    }

    /// From the face to where it should be, in sides of the face.
    private static func distance(_ face: FaceTrack, _ pose: MadeVideo.Pose) -> Double {
        let center = face.box.center
        let (x, y) = (center.x - pose.center.x, center.y - pose.center.y)
        return (x * x + y * y).squareRoot() / pose.side
    }
}
