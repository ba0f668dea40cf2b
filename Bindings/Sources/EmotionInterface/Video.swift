import CEmotion
import EmotionDetection
import Synchronization

/// A session that any thread may feed, one frame at a time.
final class VideoHandle: Sendable {
    let model: ModelSpecification
    private let session: Mutex<VideoEmotionSession>

    init(_ detector: EmotionDetector, _ options: emotion_video_options) throws(Failure) {
        let configuration = VideoEmotionSession.Configuration(
            subjects: try flag(options.everyone, "everyone") ? .everyone : .interviewee,
            classificationInterval: try checked(
                options.classification_interval, in: 1...1_000_000, "classification_interval"),
            locatesMeshes: try flag(options.meshes, "meshes"))
        do throws(EmotionDetectorError) { model = try detector.emotionModel } catch { throw Failure(error) }
        session = Mutex(VideoEmotionSession(detector, configuration: configuration))
    }

    /// What `emotion_video_options` had before it had `meshes`.
    static let earlierSizes = [16]

    static var defaults: emotion_video_options {
        let configuration = VideoEmotionSession.Configuration()
        var options = emotion_video_options()
        options.struct_size = MemoryLayout<emotion_video_options>.stride
        options.classification_interval = Int32(configuration.classificationInterval)
        options.everyone = configuration.subjects == .everyone ? 1 : 0
        options.meshes = configuration.locatesMeshes ? 1 : 0
        return options
    }

    func frame(_ image: Image, at seconds: Double) throws(Failure) -> VideoFrame {
        try session.withLock { (session) throws(Failure) in
            do throws(VideoEmotionError) { return try session.analyze(image, at: seconds) } catch {
                throw Failure(error)
            }
        }
    }

    func select(_ id: Int) { session.withLock { $0.selectInterviewee(id) } }
}

@c @implementation
public func emotion_video_options_init(
    _ options: UnsafeMutablePointer<emotion_video_options>?, _ structSize: Int
) -> emotion_status {
    outcome(nil) { () throws(Failure) in
        try fill(options, structSize, with: VideoHandle.defaults, earlier: VideoHandle.earlierSizes)
    }
}

@c @implementation
public func emotion_video_create(
    _ detector: OpaquePointer?, _ options: UnsafePointer<emotion_video_options>?,
    _ video: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(video, "video")
        let shared = try Registry.detector(detector)
        let options =
            options == nil
            ? VideoHandle.defaults
            : try copied(options, "options", earlier: VideoHandle.earlierSizes, defaults: VideoHandle.defaults)
        try unused(options.reserved)
        target.pointee = Registry.handle(for: try VideoHandle(shared.detector, options))
    }
}

@c @implementation
public func emotion_video_feed(
    _ video: OpaquePointer?, _ picture: UnsafePointer<emotion_picture>?, _ seconds: Double,
    _ frame: UnsafeMutablePointer<UnsafePointer<emotion_frame>?>?, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(frame, "frame")
        let handle = try Registry.video(video)
        let image = try Image(copied(picture, "picture"))
        let block = Block()
        let seen = try handle.frame(image, at: seconds)
        target.pointee = Registry.keep(block, block.frame(seen, handle.model))
    }
}

@c @implementation
public func emotion_video_select(
    _ video: OpaquePointer?, _ faceID: Int64, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let handle = try Registry.video(video)
        handle.select(try checked(faceID, in: 1...Int.max, "face_id"))
    }
}
