/// The calls of ffmpeg and ffprobe by which videos are read and written.
public enum FFmpeg {
    /// Starts to decode a video file.
    ///
    /// Every frame comes once, in order, upright, with its own time since the player's zero (`passthrough`), in colours
    /// of standard range, with square pixels and no side longer than `longestSide`. Sides are even, as the encoder of
    /// ``encoder(to:of:)`` needs them. What could not be done is added to the file's notes.
    public static func decoder(of file: inout VideoFile, longestSide: Int) throws(MediaError) -> ChildProcess {
        let filter = PictureFilter(for: file.video, longestSide: longestSide, filters: FFmpegProgram.filters)
        file.isToneMapped = filter.isToneMapped
        file.notes += filter.notes
        return try decoder(["-i", "file:" + file.path, "-map", "0:\(file.video.index)"], filter.text)
    }

    /// Starts to read a camera of Video4Linux, as ``decoder(of:longestSide:)`` reads a file.
    public static func camera(_ device: String, longestSide: Int) throws(MediaError) -> ChildProcess {
        try decoder(
            ["-f", "v4l2", "-i", device, "-map", "0:v:0"], PictureFilter.camera(longestSide: longestSide))
    }

    private static func decoder(_ input: [String], _ filter: String) throws(MediaError) -> ChildProcess {
        try ChildProcess(
            "ffmpeg",
            ["-nostdin", "-hide_banner", "-loglevel", "error"] + input + ["-an", "-sn", "-dn", "-vf", filter]
                + FFmpegProgram.passthrough + milliseconds + [
                    "-c:v", "rawvideo", "-pix_fmt", "rgb24", "-allow_raw_vfw", "1",
                ]
                + ["-f", "matroska", "pipe:1"], .fromOutput)
    }

    /// Matroska's own clock. Left to itself, ffmpeg moves each frame onto the grid of the frame rate that it guesses.
    private static let milliseconds = ["-enc_time_base", "1:1000"]

    /// Starts to encode pictures to an MP4 file with H.264, which browsers play.
    ///
    /// - Parameter isSeekable: false for a pipe, which cannot be gone back in: the index is then spread over the file.
    public static func encoder(
        to path: String, isSeekable: Bool, of source: any FrameSource
    ) throws(MediaError) -> ChildProcess {
        let input: [String] =
            switch source.encoding {
            // The pictures' own times: the first need not come at zero.
            case .matroska:
                ["-copyts", "-f", "matroska", "-i", "pipe:0"] + FFmpegProgram.passthrough + milliseconds
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

    /// Whether the path names a camera of Video4Linux.
    public static func isCamera(_ path: String) -> Bool { path.hasPrefix("/dev/video") }
}
