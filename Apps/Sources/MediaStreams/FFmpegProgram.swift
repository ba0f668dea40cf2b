/// The ffmpeg at hand: its version and what it can do.
public enum FFmpegProgram {
    /// The version that it calls itself, such as `5.1.9-0+deb12u1`; nil where there is none.
    public static let version: String? = output("ffmpeg", ["-version"])
        .flatMap { $0.split(separator: "\n").first }
        .flatMap { line in
            let words = line.split(separator: " ")
            return words.count > 2 && words[0] == "ffmpeg" ? String(words[2]) : nil
        }

    /// The names of its filters; none where there is no ffmpeg.
    public static let filters: Set<String> = Set(
        (output("ffmpeg", ["-hide_banner", "-filters"]) ?? "").split(separator: "\n")
            .compactMap { line in
                // Three letters of flags, the name, and what goes in and comes out.
                let words = line.split(separator: " ", omittingEmptySubsequences: true)
                return words.count > 2 && words[2].contains("->") ? String(words[1]) : nil
            })

    /// Whether ffprobe, which describes files and comes with ffmpeg, is there as well.
    public static let hasProbe = output("ffprobe", ["-version"]) != nil

    /// The filters that bring HDR and wide-gamut videos to standard colours.
    public static let colourFilters = ["zscale", "tonemap"]

    /// Each frame once, with its own time.
    static var passthrough: [String] { passthrough(of: version) }

    /// The option had another name before version 5.1.
    static func passthrough(of version: String?) -> [String] {
        let numbers = (version ?? "").split(separator: ".").prefix(2).map { Int($0.prefix { $0.isNumber }) }
        guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else {
            return ["-fps_mode", "passthrough"]
        }
        return [(major, minor) < (5, 1) ? "-vsync" : "-fps_mode", "passthrough"]
    }

    private static func output(_ program: String, _ arguments: [String]) -> String? {
        guard let program = try? ChildProcess(program, arguments, .fromOutput),
            let bytes = try? program.pipe.readToEnd(atMost: 1 << 20), program.waitForEnd() == 0
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
