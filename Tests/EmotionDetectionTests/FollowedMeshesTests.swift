import EmotionDetection
import Foundation
import ImageCodecs
import TestSupport
import Testing

/// Meshes within a video session.
@Suite(.enabled(if: TestBuild.isRelease(for: "Meshes in video sessions"))) struct FollowedMeshesTests {
    private let astronaut: Image

    init() throws { astronaut = try ImageDecoder.decode(contentsOf: Fixture.path("astronaut.png")) }

    private func shifted(by pixels: Int) -> Image {
        let width = Double(astronaut.width - pixels)
        return astronaut.cropped(to: Rect(x: Double(pixels), y: 0, width: width, height: Double(astronaut.height)))
            .padded(right: pixels)
    }

    private func lies(_ mesh: MeshedFace, in face: VideoFace) -> Bool {
        let (box, middle) = (face.face.imageBox, mesh.region.center)
        return (box.left...box.right).contains(middle.x) && (box.top...box.bottom).contains(middle.y)
    }

    private func session(_ configuration: VideoEmotionSession.Configuration) throws -> VideoEmotionSession {
        VideoEmotionSession(try EmotionDetector(.init(faceDetector: .webcam)), configuration: configuration)
    }

    @Test func areLocatedWhereTheyAreAskedFor() throws {
        var (with, without) = (try session(.init(locatesMeshes: true)), try session(.init()))
        let face = try #require(with.analyze(astronaut, at: 0).faces.first)
        let mesh = try #require(face.mesh)
        #expect(mesh.isPresent && lies(mesh, in: face))
        #expect(face.pose?.yaw == mesh.turn.yaw && face.pose?.pitch == mesh.turn.pitch)
        let plain = try #require(without.analyze(astronaut, at: 0).faces.first)
        #expect(plain.mesh == nil && plain.pose == plain.quality.pose && plain.pose != nil)
        #expect(plain.emotions == face.emotions)
        #expect(try without.follow(astronaut).isEmpty)
    }

    // A face moves between two frames that are analysed: its mesh goes with it, and the next frame goes on from there.
    @Test func areFollowedBetweenFramesThatAreAnalysed() throws {
        var session = try session(.init(locatesMeshes: true))
        let first = try #require(session.analyze(astronaut, at: 0).faces.first)
        var nose = try #require(first.mesh).points[1].x
        for pixels in [6, 12, 18] {
            let mesh = try #require(session.follow(shifted(by: pixels))[first.id])
            #expect(abs(mesh.points[1].x - (nose - 6)) < 1.5)
            nose = mesh.points[1].x
        }
        let last = try #require(session.analyze(shifted(by: 18), at: 0.2).faces.first?.mesh)
        #expect(abs(last.points[1].x - nose) < 1.5)
        // A face that is gone is forgotten until a detector sees it again.
        let wall = Image(width: astronaut.width, height: astronaut.height, filledWith: .black)
        #expect(try session.follow(wall).isEmpty)
        #expect(try session.follow(astronaut).isEmpty)
        #expect(try session.analyze(astronaut, at: 0.4).faces.first?.mesh != nil)
    }

    // Between frames that are classified the mesh is followed by `analyze` itself.
    @Test func everyFrameHasOneWhereSomeAreClassified() throws {
        var session = try session(.init(classificationInterval: 3, locatesMeshes: true))
        let frames = try (0..<6).map { try session.analyze(astronaut, at: Double($0) / 10) }
        #expect(frames.map(\.isClassificationFrame) == [true, false, false, true, false, false])
        #expect(frames.allSatisfy { $0.faces.first?.mesh?.isPresent == true })
    }

    // A mesh far from where the detector sees the face is not followed further.
    @Test func aJumpIsTakenFromTheDetector() throws {
        var session = try session(.init(locatesMeshes: true))
        _ = try session.analyze(astronaut, at: 0)
        let jumped = shifted(by: 110)
        let face = try #require(session.analyze(jumped, at: 2).faces.first)
        #expect(lies(try #require(face.mesh), in: face))
    }

    @Test func absentWeightsAreTold() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let known = EmotionDetector.Configuration()
        for path in known.weightPaths {
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            try FileManager.default.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: path)
        }
        let detector = try EmotionDetector(.init(weightsFolder: folder, faceDetector: .webcam))
        var session = VideoEmotionSession(detector, configuration: .init(locatesMeshes: true))
        #expect {
            try session.analyze(astronaut, at: 0)
        } throws: { error in
            guard case VideoEmotionError.detector(.missingWeights(let file, _)) = error else { return false }
            return file == "face_mesh.safetensors"
        }
        var plain = VideoEmotionSession(detector)
        #expect(try plain.analyze(astronaut, at: 0).faces.count == 1)
    }
}
