import FaceDetection
import FaceMesh

/// The meshes of the faces that a session follows, by the ids of their tracks: the last of each shows where to look next.
struct FollowedMeshes: Sendable {
    private var latest: [Int: MeshedFace] = [:]

    /// The square around a mesh is about 1.7 times as high as a detector's box; one that is far from it has got onto
    /// something else.
    private static let sideOverBox = 0.9...3.4

    var isEmpty: Bool { latest.isEmpty }

    /// Locates the mesh of each face: from its last one, where that lies where the detector sees the face now, otherwise
    /// from box and landmarks. What is not among `faces` is forgotten.
    ///
    /// - Returns: by the ids of the faces; those without a mesh are left out.
    mutating func locate(
        _ faces: [(track: FaceTrack, face: DetectedFace)], in image: Image, by mesher: FaceMesher
    ) -> [Int: MeshedFace] {
        var meshes: [Int: MeshedFace] = [:]
        for (track, face) in faces {
            let (box, landmarks) = (face.imageBox, face.landmarks)
            let followed = latest[track.id].flatMap { mesher.mesh(following: $0, in: image) }
            if let followed, followed.isPresent, Self.lies(followed, in: box) {
                meshes[track.id] = followed
            } else if let found = mesher.mesh(box: box, landmarks: landmarks, in: image), found.isPresent {
                meshes[track.id] = found
            }
        }
        latest = meshes
        return meshes
    }

    /// Locates every known mesh in the next picture; one that is gone is forgotten until a detector sees its face again.
    mutating func follow(in image: Image, by mesher: FaceMesher) -> [Int: MeshedFace] {
        latest = latest.compactMapValues { last in
            mesher.mesh(following: last, in: image).flatMap { $0.isPresent ? $0 : nil }
        }
        return latest
    }

    /// The face with the id `young` is the one with the id `old`.
    mutating func rename(_ young: Int, to old: Int) {
        guard young != old, let mesh = latest.removeValue(forKey: young) else { return }
        latest[old] = mesh
    }

    /// There is no face to follow.
    mutating func forget() -> [Int: MeshedFace] {
        latest = [:]
        return latest
    }

    private static func lies(_ mesh: MeshedFace, in box: Rect) -> Bool {
        let region = MeshRegion(around: mesh.points)
        let (x, y) = (region.center.x, region.center.y)
        return x > box.left && x < box.right && y > box.top && y < box.bottom
            && sideOverBox.contains(region.side / max(1, box.height))
    }
}
