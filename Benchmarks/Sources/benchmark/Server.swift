import EmotionRecognition
import FaceDetection
import FaceMesh
import ModelWeights
import TensorEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Runs named workloads when told to, so that another program can let two implementations take turns.
///
/// A line `run NAME COUNT` on standard input is answered by `times` and, for each run, the seconds on the clock and
/// those of processor time; `logits BATCH` by `logits` and the numbers. Anything else is answered by `unknown`. The end of the input ends the program.
struct Server {
    private let workload: Workload
    private let actions: [String: () -> Void]

    init(_ workload: Workload) throws {
        self.workload = workload
        let (classifier, frame) = (workload.classifier, workload.frame)
        var actions: [String: () -> Void] = [:]
        for batch in [1, 8] {
            let input = workload.input(batch: batch)
            actions["classifier-b\(batch)"] = { _ = classifier.logits(for: input) }
        }
        for side in DetectorSuite.smallestFaces {
            let detector = try MTCNN(
                contentsOf: BundledModel.mtcnn.path, configuration: MTCNN.Configuration(minimumFace: side))
            actions["mtcnn-640x480-f\(side)"] = { _ = detector.detect(in: frame) }
            let whole = try FrameSuite(minimumFace: side)
            actions["frame-640x480-f\(side)"] = { _ = try? whole.process(frame) }
        }
        let mesh = try FaceMeshNetwork(contentsOf: BundledModel.faceMesh.path)
        actions["mesh"] = { mesh.repeatPass(1) }
        let blendshapes = try BlendshapeNetwork(contentsOf: BundledModel.faceBlendshapes.path)
        actions["blendshapes"] = { blendshapes.repeatPass(1) }
        let mesher = try FaceMesher()
        if let face = try MTCNN(contentsOf: BundledModel.mtcnn.path).detect(in: frame).first,
            let first = mesher.mesh(box: face.imageBox, landmarks: face.landmarks, in: frame)
        {
            actions["followed-640x480"] = { _ = mesher.mesh(following: first, in: frame) }
            actions["followed-classified-640x480"] = {
                _ = mesher.mesh(following: first, in: frame)
                _ = classifier.classify([FaceCropping().crop(of: face, in: frame)])
            }
        }
        self.actions = actions
    }

    func serve() {
        send("ready \(WorkerPool.shared.threads)")
        while let line = readLine() { send(answer(to: line.split(separator: " ").map(String.init))) }
    }

    /// Another program waits for each line, and pipes are buffered.
    private func send(_ line: String) {
        print(line)
        fflush(nil)
    }

    private func answer(to words: [String]) -> String {
        switch words.first {
        case "run":
            guard words.count == 3, let action = actions[words[1]], let count = Int(words[2]), count > 0 else { break }
            return Self.line(
                "times", (0..<count).map { _ in Timing(of: action) }.flatMap { [$0.wall, $0.processor ?? .nan] })
        case "logits":
            guard words.count == 2, let batch = Int(words[1]), batch > 0 else { break }
            return Self.line("logits", workload.logits(batch: batch))
        default: break
        }
        return "unknown"
    }

    private static func line(_ word: String, _ values: [some BinaryFloatingPoint & CustomStringConvertible]) -> String {
        ([word] + values.map(\.description)).joined(separator: " ")
    }
}
