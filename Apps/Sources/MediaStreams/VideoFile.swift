#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A video file as ffprobe describes it: which of its streams is the video, its pixels and colours, and its sound.
public struct VideoFile: Equatable, Sendable {
    public let path: String
    /// The stream that is read.
    public var video: VideoStream
    /// What can be heard, in the container's order.
    public var sound: [SoundStream] = []
    /// The time at which a player's clock stands at zero: the container's own start, in seconds of its streams' clock.
    public var startSeconds: Double = 0
    public var durationSeconds: Double?
    /// Whether its high dynamic range is brought to a screen's; nil where it has none or is not yet read.
    public var isToneMapped: Bool?
    /// What a reader of the results should know about how the video was read, a sentence each.
    public var notes: [String] = []

    /// A stream of sound.
    public struct SoundStream: Equatable, Sendable {
        /// Its number in the file.
        public let index: Int
        /// ffmpeg's name of the format, such as `aac`.
        public let codec: String
    }

    public init(path: String, video: VideoStream) {
        self.path = path
        self.video = video
    }

    /// Asks ffprobe about the file at `path`.
    ///
    /// - Throws: ``MediaError/unreadable(path:reason:)`` where ffmpeg knows no such format or the file holds no video.
    public init(path: String) throws(MediaError) {
        let answer = try ProbeAnswer(
            of: path,
            [
                "-show_error", "-show_entries",
                "error:format=start_time,duration:"
                    + "stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,pix_fmt,color_space,"
                    + "color_transfer,color_primaries,field_order,avg_frame_rate,start_time:"
                    + "stream_disposition=default,attached_pic,timed_thumbnails:stream_side_data=rotation,dv_profile",
            ])
        try self.init(path: path, answer: answer) { () throws(MediaError) in
            try ProbeAnswer(
                of: path,
                [
                    "-select_streams", "v", "-count_packets", "-read_intervals", "%+\(Self.countedSeconds)",
                    "-show_entries", "stream=index,nb_read_packets",
                ])
        }
    }

    /// So much of a file is searched for a second picture of each stream.
    private static let countedSeconds = 10

    /// - Parameter counting: asks how many packets each video stream has; only where there is more than one.
    init(
        path: String, answer: ProbeAnswer, counting: () throws(MediaError) -> ProbeAnswer
    ) throws(MediaError) {
        if let failure = answer.error?.string {
            let reason = ProgramMessages(lines: [failure], count: 1).reason
            throw .unreadable(path: path, reason: reason ?? ProgramMessages.unreadable)
        }
        let streams = answer.streams ?? []
        let sound = streams.filter { $0.codecType == "audio" && $0.codecName.map { $0 != "unknown" } ?? false }
        let pictures = streams.filter { $0.codecType == "video" && ($0.width ?? 0) > 0 && ($0.height ?? 0) > 0 }
        var moving = pictures.filter { $0.disposition?.isPicture != true }
        guard !moving.isEmpty else {
            let rest = pictures.isEmpty ? (sound.isEmpty ? "" : ", only sound") : ", only a cover picture"
            throw .unreadable(path: path, reason: "there is no video in it\(rest)")
        }
        if moving.count > 1 {
            let counts = try counting().streams ?? []
            let several = Set(counts.filter { Int($0.nbReadPackets ?? "") ?? 0 > 1 }.map(\.index))
            // A cover that is not marked as such is a stream of a single picture.
            if moving.contains(where: { several.contains($0.index) }) {
                moving.removeAll { !several.contains($0.index) }
            }
        }
        // As players choose: what the file names as its default, then the largest picture, then the first.
        let chosen = moving.enumerated().min { $0.element.rank($0.offset) < $1.element.rank($1.offset) }?.element
        guard let chosen, let video = VideoStream(chosen) else {
            throw .unreadable(path: path, reason: "there is no video in it")
        }
        self.init(path: path, video: video)
        self.sound = sound.map { SoundStream(index: $0.index, codec: $0.codecName ?? "") }
        startSeconds = answer.format?.startTime.flatMap { Double($0) } ?? 0
        durationSeconds = answer.format?.duration.flatMap { Double($0) }
        if moving.count > 1 { notes.append("The file holds \(moving.count) videos; stream \(video.index) was read.") }
        if chosen.sideDataList?.contains(where: { $0.dvProfile == 5 }) == true {
            notes.append("Dolby Vision profile 5 has colours that ffmpeg's own filters cannot read: they are wrong.")
        }
    }
}

extension ProbeAnswer.Stream {
    /// The smallest is read.
    fileprivate func rank(_ offset: Int) -> (Int, Int, Int) {
        (disposition?.default == 1 ? 0 : 1, -(width ?? 0) * (height ?? 0), offset)
    }
}
