/// What a program said on standard error: enough of it to say in one sentence why it failed.
public struct ProgramMessages: Equatable, Sendable {
    /// The first lines, each without the address of the part that speaks (`[h264 @ 0x55…]`) and without control
    /// characters; the program may have said more.
    public let lines: [String]
    /// How many lines there were in all.
    public let count: Int

    init(lines: [String], count: Int) {
        self.lines = lines.map(Self.plain)
        self.count = count
    }

    /// Why the program failed, in words for people; nil where it said nothing, or nothing that is known.
    public var reason: String? {
        Self.knownReasons.first { known in lines.contains { $0.contains(known.words) } }?.reason
    }

    /// Whether ffmpeg could not write a part of its output. Some versions report success all the same when that was the
    /// end of a file, which a full disk makes the usual case.
    public var tellsOfFailedWriting: Bool {
        lines.contains { line in
            ["Error writing", "Error closing", "av_interleaved_write_frame"].contains { line.hasPrefix($0) }
        }
    }

    /// Words of ffmpeg's messages and what they mean, the more telling ones first: of a failure it says several things.
    private static let knownReasons: [(words: String, reason: String)] = [
        ("No space left on device", "the disk is full; free some space or write elsewhere"),
        ("File too large", "the file would be larger than the disk or a limit allows"),
        ("Read-only file system", "the disk is read-only; write elsewhere"),
        ("Unknown encoder", "this ffmpeg cannot write H.264; install one that has libx264"),
        ("Unrecognized option", "this ffmpeg is too old; install version 5.1 or later"),
        ("No such filter", "this ffmpeg lacks a filter that is needed; install a complete one"),
        ("matches no streams", "it holds no picture stream"),
        ("does not contain any stream", "it holds no picture stream"),
        ("moov atom not found", "it is cut off before its index, or no video; record or copy it again"),
        ("Device or resource busy", "another program is using it; close that and try again"),
        ("Not a video capture device", "it is not a camera"),
        ("Permission denied", "permission denied; allow this user to read and write it"),
        ("Is a directory", "it is a folder, not a file"),
        ("No such file or directory", "there is no such file or folder"),
        ("Decoder not found", "this ffmpeg has no decoder for it; install a complete one"),
        ("Unknown decoder", "this ffmpeg has no decoder for it; install a complete one"),
        ("Invalid data found", unreadable),
        ("Cannot allocate memory", "there is not enough memory"),
        ("End of file", "it ends too early"),
        ("Broken pipe", "whoever read its output has gone"),
    ]

    /// What is said of a file that ffmpeg does not read, whatever its reason is.
    static let unreadable = "it is damaged, or in no format that ffmpeg reads"

    private static func plain(_ line: String) -> String {
        var text = Substring(line)
        while text.hasPrefix("["), let end = text.range(ofText: "] ") { text = text[end...] }
        let shown = text.unicodeScalars.filter { $0.properties.generalCategory != .control }
        return String(String.UnicodeScalarView(shown))
    }
}

extension Substring {
    /// Where the text behind the first `words` begins; nil without them.
    fileprivate func range(ofText words: String) -> Index? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(words) { return index(start, offsetBy: words.count) }
            start = index(after: start)
        }
        return nil
    }
}
