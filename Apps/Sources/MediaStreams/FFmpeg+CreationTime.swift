extension FFmpeg {
    /// When a recording was made, as its container says; nil where it does not.
    ///
    /// - Returns: the tag `creation_time`, ISO 8601 in UTC by the muxers that write it.
    public static func creationTime(of path: String) -> String? {
        guard !isCamera(path),
            let probe = try? ChildProcess(
                "ffprobe",
                [
                    "-v", "quiet", "-show_entries", "format_tags=creation_time:stream_tags=creation_time", "-of",
                    "default=noprint_wrappers=1", "file:" + path,
                ], .fromOutput),
            let bytes = try? probe.pipe.readToEnd(atMost: 1 << 16), probe.waitForEnd() == 0
        else { return nil }
        return creationTime(in: String(decoding: bytes, as: UTF8.self))
    }

    /// The first `TAG:creation_time=` line as ffprobe prints it.
    static func creationTime(in text: String) -> String? {
        let prefix = "TAG:creation_time="
        return text.split(separator: "\n").first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}
