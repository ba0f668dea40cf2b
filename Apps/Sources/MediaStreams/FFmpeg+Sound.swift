extension FFmpeg {
    /// Joins a video that was made of a file's pictures with the sound of that file, in time with them.
    ///
    /// What MP4 holds is copied; other formats become AAC. Streams that ffmpeg does not know are left out.
    ///
    /// - Parameters:
    ///   - pictures: an MP4 file whose times are those of a player of `source`.
    ///   - source: where the sound is; nil copies the pictures alone.
    ///   - path: the MP4 file that is written.
    ///   - seconds: where the sound ends, for a video that was cut short; nil for its own end.
    public static func join(
        _ pictures: String, withSoundOf source: VideoFile?, to path: String, until seconds: Double? = nil
    ) throws(MediaError) {
        // Both inputs keep their own clocks; the source's zero is moved to the player's.
        var arguments = ["-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-copyts", "-i", "file:" + pictures]
        if let source { arguments += ["-itsoffset", "\(-source.startSeconds)", "-i", "file:" + source.path] }
        arguments += ["-map", "0:v", "-c:v", "copy"]
        for (number, stream) in (source?.sound ?? []).enumerated() {
            arguments += ["-map", "1:\(stream.index)", "-c:a:\(number)", stream.isHeldByMP4 ? "copy" : "aac"]
        }
        if let seconds { arguments += ["-t", "\(seconds)"] }
        arguments += ["-movflags", "+faststart", "-strict", "experimental", "-f", "mp4", "file:" + path]
        try ChildProcess("ffmpeg", arguments, .fromOutput).finish()
    }
}

extension VideoFile.SoundStream {
    /// Whether MP4 files hold the format as players expect it.
    fileprivate var isHeldByMP4: Bool {
        ["aac", "mp3", "ac3", "eac3", "alac", "flac", "opus"].contains(codec)
    }
}
