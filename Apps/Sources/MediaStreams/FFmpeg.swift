/// The calls of ffmpeg and ffprobe by which videos are read and written.
public enum FFmpeg {
    /// What the container says about a video before it is read.
    public struct Properties: Equatable, Sendable {
        public var durationSeconds: Double?
        public var framesPerSecond: Double?

        public init(durationSeconds: Double? = nil, framesPerSecond: Double? = nil) {
            self.durationSeconds = durationSeconds
            self.framesPerSecond = framesPerSecond
        }
    }

    /// Starts to decode a video file or a camera.
    ///
    /// Every frame comes once, in order, upright (ffmpeg turns by the container's rotation), with its own time
    /// (`passthrough`), and no side longer than `longestSide`. Sides are even, as the encoder of ``encoder(to:of:)``
    /// needs them.
    ///
    /// - Parameter isCamera: whether the path is that of a device of Video4Linux; nil to judge by its name.
    public static func decoder(
        of path: String, longestSide: Int, isCamera: Bool? = nil
    ) throws(MediaError) -> ChildProcess {
        let limit = "scale=w='min(\(longestSide),iw)':h='min(\(longestSide),ih)'"
        let filter = limit + ":force_original_aspect_ratio=decrease:force_divisible_by=2:flags=area"
        let input = isCamera ?? Self.isCamera(path) ? ["-f", "v4l2", "-i", path] : ["-i", "file:" + path]
        return try ChildProcess(
            "ffmpeg",
            ["-nostdin", "-hide_banner", "-loglevel", "error"] + input
                + ["-map", "0:v:0", "-an", "-sn", "-dn", "-vf", filter, "-fps_mode", "passthrough"]
                + ["-c:v", "rawvideo", "-pix_fmt", "rgb24", "-allow_raw_vfw", "1"]
                + ["-f", "matroska", "pipe:1"], .fromOutput)
    }

    /// Starts to encode pictures to an MP4 file with H.264, which browsers play.
    ///
    /// - Parameter isSeekable: false for a pipe, which cannot be gone back in: the index is then spread over the file.
    public static func encoder(
        to path: String, isSeekable: Bool, of source: any FrameSource
    ) throws(MediaError) -> ChildProcess {
        let input: [String] =
            switch source.encoding {
            case .matroska: ["-f", "matroska", "-i", "pipe:0", "-fps_mode", "passthrough"]
            case .raw(let rate):
                [
                    "-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size",
                    "\(source.widthPixels)x\(source.heightPixels)", "-framerate", "\(rate)", "-i", "pipe:0",
                ]
            }
        // Matroska has no name for pictures of this byte order; the reader of ffmpeg takes red for blue.
        let swap = source.encoding == .matroska ? "colorchannelmixer=rr=0:rb=1:br=1:bb=0," : ""
        return try ChildProcess(
            "ffmpeg",
            ["-hide_banner", "-loglevel", "error", "-y"] + input
                + ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p"]
                + ["-vf", swap + "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-f", "mp4", "-movflags"]
                + [isSeekable ? "+faststart" : "+frag_keyframe+empty_moov+default_base_moof", "file:" + path], .toInput)
    }

    /// Asks ffprobe for length and rate; empty where it cannot tell.
    public static func properties(of path: String) -> Properties {
        guard !isCamera(path),
            let probe = try? ChildProcess(
                "ffprobe",
                [
                    "-v", "quiet", "-select_streams", "v:0", "-show_entries",
                    "stream=avg_frame_rate:format=duration", "-of", "default=noprint_wrappers=1", "file:" + path,
                ], .fromOutput)
        else { return Properties() }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = (try? probe.pipe.read(into: &bytes)) ?? 0
        return properties(in: String(decoding: bytes.prefix(count), as: UTF8.self))
    }

    /// Whether the path names a camera of Video4Linux.
    public static func isCamera(_ path: String) -> Bool { path.hasPrefix("/dev/video") }

    /// Reads `key=value` lines as ffprobe prints them.
    static func properties(in text: String) -> Properties {
        var properties = Properties()
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "duration": properties.durationSeconds = Double(parts[1])
            case "avg_frame_rate":
                let rate = parts[1].split(separator: "/").compactMap { Double($0) }
                if rate.count == 2, rate[0] > 0, rate[1] > 0 { properties.framesPerSecond = rate[0] / rate[1] }
            default: break
            }
        }
        return properties
    }
}
