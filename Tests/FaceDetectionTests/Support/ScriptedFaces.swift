import FaceDetection
import Imaging
import Synchronization

/// A detector that finds what it is told and remembers how it was asked.
final class ScriptedFaces: FaceFinding {
    struct Script: Sendable {
        var faces: [DetectedFace] = []
        /// Probability of the faces that are followed.
        var followedScore: Float = 0.99
        /// Whether new faces convince.
        var isConvincing = true
        /// How often it was asked whether a face does.
        var opinions = 0
        var searches = 0
        var followed = 0
    }

    let script = Mutex(Script())

    func detect(in image: Image) -> [DetectedFace] {
        script.withLock {
            $0.searches += 1
            return $0.faces
        }
    }

    func follow(_ boxes: [Rect], in image: Image) -> [DetectedFace] {
        script.withLock { script in
            script.followed += boxes.count
            let met = script.faces.filter { face in boxes.contains { $0.overlap(with: face.imageBox) > 0.3 } }
            return met.map { DetectedFace(imageBox: $0.imageBox, score: script.followedScore, stage: $0.stage) }
        }
    }

    func isConvincing(_ face: DetectedFace, in image: Image) -> Bool {
        script.withLock {
            $0.opinions += 1
            return $0.isConvincing
        }
    }
}
