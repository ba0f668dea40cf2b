import Foundation
import Imaging
import Testing

@testable import FaceMesh

/// What follows from a mesh, and the mesh as JSON.
@Suite struct MeshedFaceTests {
    private let mesh: MeshedFace

    init() throws {
        let (mesher, photo) = try FaceMesherTests.read.get()
        mesh = try #require(
            mesher.mesh(box: FaceMesherTests.box, landmarks: FaceMesherTests.landmarks, in: photo))
    }

    @Test func isTheSameAfterItsJSON() throws {
        let json = try JSONEncoder().encode(mesh)
        let read = try JSONDecoder().decode(MeshedFace.self, from: json)
        #expect(read.points == mesh.points && read.blendshapes == mesh.blendshapes && read.signals == mesh.signals)
        #expect(read.turn == mesh.turn && read.presence == mesh.presence && read.region.side == mesh.region.side)
        #expect(abs(read.region.angle - mesh.region.angle) < 1e-12)
        let object = try #require(JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(Set(object.keys) == ["presence", "region", "head_pose", "signals", "blendshapes", "points"])
        let signals = try #require(object["signals"] as? [String: Double])
        #expect(try abs(#require(signals["smile_balance"]) - mesh.signals.smileBalance) < 1e-12)
        #expect(signals.count == 12)
        let movements = try #require(object["blendshapes"] as? [String: Double])
        #expect(try abs(#require(movements["jawOpen"]) - mesh.blendshapes[.jawOpen]) < 1e-12)
    }

    @Test func aMeshOfTooFewPointsIsRefused() throws {
        var object = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(mesh)) as? [String: Any])
        object["points"] = [[1.0, 2, 3]]
        let json = try JSONSerialization.data(withJSONObject: object)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(MeshedFace.self, from: json) }
    }

    // The astronaut smiles with her teeth to be seen; her eyes are 42 pixels apart.
    @Test func lengthsAreThoseOfTheFace() {
        #expect((50...75).contains(mesh.eyeSpan))
        #expect((0.03...0.3).contains(mesh.mouthOpening))
        #expect(abs(mesh.scaled(by: 3).eyeSpan - 3 * mesh.eyeSpan) < 1e-9)
        #expect(abs(mesh.scaled(by: 3).mouthOpening - mesh.mouthOpening) < 1e-9)
    }
}
