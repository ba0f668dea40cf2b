import CEmotion
import EmotionDetection
import FaceMesh
import Synchronization
import TensorEngine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A detector that all handles of equal options share, so that another one costs neither time nor memory.
final class SharedDetector: Sendable {
    let detector: EmotionDetector
    private let settings: DetectorSettings
    /// One pass of the networks alone; loaded when it is first asked for.
    private let bareNetworks = Mutex<MTCNN?>(nil)

    private init(_ settings: DetectorSettings) throws(Failure) {
        self.settings = settings
        do throws(EmotionDetectorError) { detector = try EmotionDetector(settings.configuration) } catch {
            throw Failure(error)
        }
    }

    /// The faces that MTCNN alone finds, without a second look or judgement.
    func bareFaces(in image: Image) throws(Failure) -> [DetectedFace] {
        try bareNetworks.withLock { (loaded) throws(Failure) -> MTCNN in
            if let loaded { return loaded }
            do throws(WeightError) {
                let networks = try MTCNN(
                    contentsOf: settings.configuration.weightPaths[0], configuration: settings.faceDetector,
                    workers: settings.threads.map(WorkerPool.init) ?? .shared, kernels: settings.kernels)
                loaded = networks
                return networks
            } catch {
                throw Failure(error)
            }
        }.detect(in: image)
    }

    private struct Key: Hashable {
        let settings: DetectorSettings
        let files: [FileStamp]
    }

    private struct Reference {
        weak var detector: SharedDetector?
    }

    private static let living = Mutex<[Key: Reference]>([:])

    /// The living detector of these settings and weight files, or a new one. Who asks while one is made waits for it.
    static func of(_ settings: DetectorSettings) throws(Failure) -> SharedDetector {
        let configuration = settings.configuration
        let files = configuration.weightPaths + FaceMesher.weightPaths(in: configuration.weightSearch)
        let key = Key(settings: settings, files: files.map(FileStamp.init))
        return try living.withLock { (living) throws(Failure) in
            if let detector = living[key]?.detector { return detector }
            living = living.filter { $0.value.detector != nil }
            let detector = try SharedDetector(settings)
            living[key] = Reference(detector: detector)
            return detector
        }
    }
}

/// What changes when a file is replaced or written.
private struct FileStamp: Hashable {
    private let numbers: [Int]

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            numbers = []
            return
        }
        #if canImport(Darwin)
            let changed = status.st_mtimespec
        #else
            let changed = status.st_mtim
        #endif
        numbers = [
            Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino), Int(status.st_size),
            Int(changed.tv_sec), Int(changed.tv_nsec),
        ]
    }
}

@c @implementation
public func emotion_detector_create(
    _ options: UnsafePointer<emotion_options>?, _ detector: UnsafeMutablePointer<OpaquePointer?>?,
    _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(detector, "detector")
        let options = options == nil ? DetectorSettings.defaults : try copied(options, "options")
        target.pointee = Registry.handle(for: try SharedDetector.of(DetectorSettings(options)))
    }
}

@c @implementation
public func emotion_detector_model(
    _ detector: OpaquePointer?, _ model: UnsafeMutablePointer<UnsafePointer<emotion_model>?>?,
    _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(model, "model")
        let shared = try Registry.detector(detector)
        let specification: ModelSpecification
        do throws(EmotionDetectorError) { specification = try shared.detector.emotionModel } catch {
            throw Failure(error)
        }
        let block = Block()
        var written = emotion_model()
        written.struct_size = MemoryLayout<emotion_model>.stride
        written.name = block.text(specification.name)
        written.version = block.text(specification.version)
        written.sha256 = block.text(specification.sha256)
        written.uncertain_below = specification.uncertainBelow
        target.pointee = Registry.keep(block, block.value(written))
    }
}
