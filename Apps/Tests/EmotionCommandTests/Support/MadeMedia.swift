import Foundation
import Testing

/// Pictures and films that the tests make of the bundled portrait.
enum MadeMedia {
    /// Frames of the portrait, 8-bit RGB without padding, as `emotion video -` reads them.
    struct RawFrames {
        static let side = 160
        static let byteCount = side * side * 3
        /// One frame.
        let frame: Data

        init() throws {
            let folder = try TemporaryFolder()
            let path = folder.path("frame.rgb")
            let size = "scale=\(Self.side):\(Self.side)"
            try Programs.ffmpeg(
                "-i", Repository.astronaut, "-vf", size, "-pix_fmt", "rgb24", "-f", "rawvideo", path)
            frame = try Data(contentsOf: URL(fileURLWithPath: path))
            try #require(frame.count == Self.byteCount)
        }

        /// So many frames one after another.
        func many(_ count: Int) -> Data { (0..<count).reduce(into: Data()) { data, _ in data += frame } }

        /// The options that describe them.
        static let options = ["--width", "\(side)", "--height", "\(side)", "--fps", "10", "--every", "2"]
    }

    /// A film of the portrait at 10 frames a second; returns its path.
    static func clip(_ path: String, seconds: Int = 2, _ options: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["ffmpeg", "-y", "-nostdin", "-loglevel", "error", "-loop", "1", "-framerate", "10", "-t", "\(seconds)"]
            + ["-i", Repository.astronaut, "-vf", "scale=320:320", "-c:v", "libx264", "-preset", "ultrafast"]
            + ["-pix_fmt", "yuv420p"] + options + [path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return path
    }

    /// How many frames a film has when it is played to its end.
    static func frameCount(_ path: String) throws -> Int {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0"]
            + ["-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return try #require(Int(text.split(whereSeparator: { !$0.isNumber }).first ?? ""))
    }
}

/// A camera for `emotion practice`: a file in a folder of devices, and before the true `ffmpeg` on the search path one
/// that plays a film endlessly, at its own speed, where the camera is asked for, and a voice where a microphone is.
final class MadeCamera {
    /// To be given as `--device`.
    let device: String
    /// In which the command finds the camera's `ffmpeg`.
    let environment: [String: String]
    private let folder: TemporaryFolder

    /// Whether the system has a folder of devices in which anybody may make files.
    static let isPossible = Programs.haveFFmpeg && access("/dev/shm", W_OK) == 0

    /// - Parameters:
    ///   - limit: seconds after which the camera gives no more frames.
    ///   - silentMinutes: so long a silence the microphone gives at once, in the voice's place.
    init(limit: Int? = nil, silentMinutes: Int? = nil) throws {
        folder = try TemporaryFolder()
        device = "/dev/shm/emotion-camera-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: device))
        let film = try MadeMedia.clip(folder.path("film.mp4"))
        let voice = Repository.path("Tests/VoiceAnalysisTests/Fixtures/voice.wav")
        let sound = silentMinutes.map { "-f lavfi -i anullsrc=r=16000:cl=mono:d=\($0 * 60)" } ?? "-re -i '\(voice)'"
        let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let duration = limit.map { "-t \($0) " } ?? ""
        let script = """
            #!/bin/sh
            PATH='\(search)'
            case " $* " in
            *" alsa "*)
                while [ "$1" != -i ]; do shift; done
                shift 2
                exec ffmpeg -nostdin -loglevel error \(sound) "$@" ;;
            *" v4l2 "*) ;;
            *) exec ffmpeg "$@" ;;
            esac
            while [ "$1" != -i ]; do shift; done
            shift 2
            exec ffmpeg -nostdin -loglevel error -re -stream_loop -1 \(duration)-i '\(film)' "$@"
            """
        let program = try folder.file("ffmpeg", Data(script.utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        environment = ["PATH": folder.path("") + ":" + search]
    }

    deinit { try? FileManager.default.removeItem(atPath: device) }
}
