import FaceDetection
import Imaging
import Synchronization
import Testing

@Suite struct FaceTrackerTests {
    private let image = Image.coarseNoise(width: 64, height: 48, seed: 1)
    private let face = DetectedFace(imageBox: Rect(x: 20, y: 12, width: 20, height: 20), score: 0.99, stage: .mtcnn)

    /// The frames of `frames` that were searched as a whole.
    private func searched(
        _ finder: ScriptedFaces, _ tracker: inout FaceTracker, _ frames: Range<Int>
    ) throws -> [Int] {
        try frames.filter { frame in
            _ = try tracker.track(image, at: Double(frame) / 30)
            return tracker.didSearch
        }
    }

    @Test func steadyFaceIsFollowedBetweenSearches() throws {
        let finder = ScriptedFaces()
        finder.script.withLock { $0.faces = [face] }
        var tracker = FaceTracker(finder)
        #expect(try searched(finder, &tracker, 0..<31) == [0, 10, 20, 30])
        #expect(finder.script.withLock(\.followed) == 30)
        #expect(finder.script.withLock(\.searches) == 4)
    }

    @Test func aFaceThatDoesNotConvinceBeginsNoTrack() throws {
        let finder = ScriptedFaces()
        finder.script.withLock { ($0.faces, $0.isConvincing) = ([face], false) }
        var tracker = FaceTracker(finder)
        for frame in 0..<12 { #expect(try tracker.track(image, at: Double(frame) / 30).isEmpty) }
        #expect(finder.script.withLock { $0.opinions == $0.searches })
    }

    @Test func aFaceThatIsFollowedNeedNotConvinceAgain() throws {
        let finder = ScriptedFaces()
        finder.script.withLock { $0.faces = [face] }
        var tracker = FaceTracker(finder)
        _ = try tracker.track(image, at: 0)
        finder.script.withLock { $0.isConvincing = false }
        for frame in 1..<31 { #expect(try tracker.track(image, at: Double(frame) / 30).count == 1) }
        #expect(finder.script.withLock(\.searches) == 4)
        #expect(finder.script.withLock(\.opinions) == 1)
    }

    @Test func weakFaceIsSearchedFor() throws {
        let finder = ScriptedFaces()
        finder.script.withLock { ($0.faces, $0.followedScore) = ([face], 0.8) }
        var tracker = FaceTracker(finder)
        #expect(try searched(finder, &tracker, 0..<10) == [0, 3, 6, 9])
    }

    // A frame in which somebody has just come is not one without a face.
    @Test func whoeverComesIsSeenInTheirFirstFrame() throws {
        let finder = ScriptedFaces()
        var configuration = FaceTracker.Configuration()
        (configuration.searchInterval, configuration.searchSeconds) = (4, 1)
        var tracker = FaceTracker(finder, configuration: configuration)
        #expect(try searched(finder, &tracker, 0..<7) == Array(0..<7))
        finder.script.withLock { $0.faces = [face] }
        #expect(try tracker.track(image, at: 7.0 / 30).count == 1)
    }

    @Test func keptPersonIsSearchedForWhileAway() throws {
        let finder = ScriptedFaces()
        finder.script.withLock { $0.faces = [face] }
        var tracker = FaceTracker(finder)
        _ = try searched(finder, &tracker, 0..<11)
        tracker.keptID = 1
        let other = DetectedFace(imageBox: Rect(x: 0, y: 0, width: 10, height: 10), score: 0.99, stage: .mtcnn)
        finder.script.withLock { $0.faces = [other] }
        // At once, and now and then while somebody else is met.
        #expect(try searched(finder, &tracker, 11..<23) == [11, 14, 17, 20])
        finder.script.withLock { $0.faces = [face] }
        _ = try searched(finder, &tracker, 23..<26)
        let tracked = try tracker.track(image, at: 1)
        #expect(tracked.first?.id == 1)
        #expect(tracked.first?.state == .confirmed)
    }

    @Test func faceThatJumpsIsSearchedForAtOnce() throws {
        let finder = ScriptedFaces()
        finder.script.withLock { $0.faces = [face] }
        var tracker = FaceTracker(finder)
        _ = try searched(finder, &tracker, 0..<5)
        var moved = face
        moved.imageBox.x += 12
        finder.script.withLock { $0.faces = [moved] }
        let tracked = try tracker.track(image, at: 5.0 / 30)
        #expect(tracker.didSearch)
        #expect(tracked.map(\.id) == [1])
        #expect(tracked.map(\.state) == [.confirmed])
    }

    @Test func coarseStepsAreSearchedEachTime() throws {
        let finder = ScriptedFaces()
        finder.script.withLock { $0.faces = [face] }
        var tracker = FaceTracker(finder)
        for frame in 0..<6 {
            let tracked = try tracker.track(image, at: Double(frame) * 2)
            #expect(tracker.didSearch)
            #expect(tracked.map(\.id) == [1])
            #expect(frame == 0 || tracked[0].state == .confirmed)
        }
    }

    @Test(arguments: [1.0, 0.5, .nan, .infinity])
    func timesMustRise(given: Double) throws {
        var tracker = FaceTracker(ScriptedFaces())
        _ = try tracker.track(image, at: 1)
        do throws(FaceTrackerError) {
            _ = try tracker.track(image, at: given)
            Issue.record("a frame at \(given) s was taken")
        } catch {
            guard case .timestampNotRising(let previous, let refused) = error else { return }
            #expect(previous == 1)
            #expect(refused == given || refused.isNaN && given.isNaN)
        }
        #expect(throws: Never.self) { try tracker.track(image, at: 1.1) }
    }
}
