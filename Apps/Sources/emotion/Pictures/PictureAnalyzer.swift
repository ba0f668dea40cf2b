import EmotionDetection
import FaceMesh

/// Reads pictures and analyses them with one detector.
struct PictureAnalyzer: Sendable {
    let detector: EmotionDetector
    var reader = PictureReader()
    /// Whether the mesh of every face that was seen is located as well.
    var locatesMeshes = false

    /// Decodes the picture and analyses it.
    func analyze(_ input: PictureInput) throws(PictureFailure) -> PictureAnalysis {
        let start = ContinuousClock.now
        let picture = try reader.read(input)
        let decoded = ContinuousClock.now
        do {
            let found = try detector.detect(in: picture.image)
            let analysed = ContinuousClock.now
            let meshes = try locatesMeshes ? self.meshes(of: found.faces, in: picture.image) : nil
            return PictureAnalysis(
                path: input.name, picture: picture, found: found, meshes: meshes, model: try detector.emotionModel,
                decodeMilliseconds: (decoded - start) / .milliseconds(1),
                meshMilliseconds: (ContinuousClock.now - analysed) / .milliseconds(1))
        } catch {
            throw PictureFailure(error)
        }
    }

    private func meshes(of faces: [FaceEmotion], in image: Image) throws(EmotionDetectorError) -> LocatedMeshes {
        let mesher = try detector.faceMesher()
        let meshes = faces.map { face in
            face.faceDetected ? mesher.mesh(box: face.box, landmarks: face.landmarks, in: image) : nil
        }
        return LocatedMeshes(faces: meshes, drawing: MeshDrawing(edges: mesher.edges))
    }
}
