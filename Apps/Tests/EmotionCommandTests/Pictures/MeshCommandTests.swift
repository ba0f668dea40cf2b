import EmotionDetection
import Foundation
import ImageCodecs
import Testing

@Suite struct MeshCommandTests {
    private func face(_ arguments: String...) throws -> [String: Any] {
        let command = try Command(["mesh", "--json"] + arguments + [Repository.astronaut])
        #expect(command.status == 0)
        return try #require((command.objects().first?["faces"] as? [[String: Any]])?.first)
    }

    @Test func printsPointsMovementsTurnAndSignals() throws {
        let face = try face()
        #expect((face["face_box"] as? [Double])?.count == 4)
        let mesh = try #require(face["mesh"] as? [String: Any])
        #expect(try #require(mesh["presence"] as? Double) > 0.9)
        let points = try #require(mesh["points"] as? [[Double]])
        #expect(points.count == 478 && points.allSatisfy { $0.count == 3 })
        // The tip of the nose.
        #expect(abs(points[1][0] - 226) < 8 && abs(points[1][1] - 127) < 8)
        let blendshapes = try #require(mesh["blendshapes"] as? [String: Double])
        #expect(blendshapes.count == 52 && blendshapes.values.allSatisfy { (0...1).contains($0) })
        #expect(try #require(blendshapes["mouthSmileLeft"]) > 0.5)
        let turn = try #require(mesh["head_pose"] as? [String: Double])
        #expect(Set(turn.keys) == ["yaw", "pitch", "roll"] && turn.values.allSatisfy { abs($0) < 25 })
        let signals = try #require(mesh["signals"] as? [String: Double])
        #expect(signals["smile_left"] != nil && signals["smile_left"] == blendshapes["mouthSmileLeft"])
        #expect(signals["gaze_yaw"] != nil && signals["blink_right"] != nil && signals["jaw_open"] != nil)
    }

    @Test func saysInALineWhatAFaceDoes() throws {
        let command = try Command("mesh", Repository.astronaut)
        #expect(command.status == 0)
        #expect(command.output.count == 2)
        #expect(command.output[1].contains("yaw") && command.output[1].contains("smile"))
    }

    @Test func drawsTheMeshAndNothingElse() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("mesh.png")
        #expect(try Command("mesh", "--overlay", path, Repository.astronaut).status == 0)
        let (marked, plain) = (
            try ImageDecoder.decode(contentsOf: path), try ImageDecoder.decode(contentsOf: Repository.astronaut)
        )
        #expect(marked.size == plain.size)
        var (onFace, elsewhere) = (0, 0)
        for row in 0..<plain.height {
            for column in 0..<plain.width {
                let place = (row * plain.width + column) * 3
                guard marked.pixels[place..<(place + 3)] != plain.pixels[place..<(place + 3)] else { continue }
                if (160...290).contains(column), (40...190).contains(row) { onFace += 1 } else { elsewhere += 1 }
            }
        }
        #expect(onFace > 3000 && elsewhere == 0, "\(onFace) pixels on the face, \(elsewhere) elsewhere")
        withExtendedLifetime(folder) {}
    }

    @Test func endsAsDetectDoes() throws {
        #expect(try Command("mesh", "--min-face", "500", Repository.astronaut).status == 3)
        #expect(try Command("mesh", "/nonexistent.png").status == 1)
        #expect(try Command("mesh", "--overlay", "mesh.gif", Repository.astronaut).status == 2)
        #expect(try Command("mesh", "--overlay", "m.png", Repository.astronaut, Repository.astronaut).status == 2)
        let nowhere = try Command("mesh", "--weights-folder", "/nonexistent", Repository.astronaut)
        #expect(nowhere.status == 1 && nowhere.messages.contains("/nonexistent"))
    }

    @Test func neverWritesOverAnInput() throws {
        let folder = try TemporaryFolder()
        let copy = folder.path("face.png")
        try FileManager.default.copyItem(atPath: Repository.astronaut, toPath: copy)
        #expect(try Command("mesh", "--overlay", copy, copy).status == 2)
        #expect(FileManager.default.contentsEqual(atPath: copy, andPath: Repository.astronaut))
        withExtendedLifetime(folder) {}
    }
}
