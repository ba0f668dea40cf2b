import Foundation
import Testing

/// What a player shows and what the command reads must be the same: shape, colours, stream and time.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct VideoReadingTests {
    /// A session's pictures and times.
    private struct Session {
        let command: Command
        let object: [String: Any]

        init(_ arguments: String..., environment: [String: String] = [:]) throws {
            let folder = try TemporaryFolder()
            let json = folder.path("session.json")
            command = try Command(["video"] + arguments + ["--json", json], environment: environment)
            #expect([0, 3].contains(command.status), "\(command.messages)")
            let data = try Data(contentsOf: URL(fileURLWithPath: json))
            object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
            withExtendedLifetime(folder) {}
        }

        var media: [String: Any] { (object["details"] as? [String: Any])?["media"] as? [String: Any] ?? [:] }

        var size: [Int?] { [media["width_pixels"] as? Int, media["height_pixels"] as? Int] }

        var frames: [[String: Any]] { object["frames"] as? [[String: Any]] ?? [] }

        /// Of all frames, rounded to a hundredth.
        var times: [Double] {
            ["frames", "missed"].flatMap { object[$0] as? [[String: Any]] ?? [] }
                .compactMap { $0["timestamp"] as? Double }.map { ($0 * 100).rounded() / 100 }.sorted()
        }

        /// Width over height of the last face's box.
        var faceShape: Double? {
            guard let face = frames.last, let box = (face["face_box"] ?? face["face_position"]) as? [Double],
                box.count == 4
            else { return nil }
            return box[2] / box[3]
        }

        /// The mean of the seven probabilities over the frames.
        var emotions: [String: Double] {
            let all = frames.compactMap { $0["emotions"] as? [String: Double] }
            return all.reduce(into: [:]) { sums, emotions in
                for (name, value) in emotions { sums[name, default: 0] += value / Double(all.count) }
            }
        }

        func difference(from other: Session) -> Double {
            let names = emotions.keys
            return names.map { abs((emotions[$0] ?? 0) - (other.emotions[$0] ?? 0)).magnitude }.reduce(0, +) / 7
        }
    }

    /// The arguments that make two seconds of the astronaut, five frames a second.
    private static let astronaut = ["-loop", "1", "-framerate", "5", "-t", "2", "-i", Repository.astronaut]
    private static let h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]

    private func made(_ name: String, in folder: TemporaryFolder, _ arguments: [String]) throws -> String {
        let path = folder.path(name)
        try Programs.ffmpeg(arguments + ["file:" + path])
        return path
    }

    @Test func makesPixelsSquare() throws {
        let folder = try TemporaryFolder()
        let square = try made("square.mp4", in: folder, Self.astronaut + Self.h264)
        // The same picture, stored half as wide.
        let narrow = ["-vf", "scale=256:512,setsar=2"]
        let stretched = try made("narrow.mp4", in: folder, Self.astronaut + narrow + Self.h264)
        let lying = try made(
            "lying.mp4", in: folder, Self.astronaut + ["-vf", "scale=256:512,setsar=2,transpose=1"] + Self.h264)
        let turned = try made(
            "turned.mp4", in: folder, ["-i", lying, "-c", "copy", "-metadata:s:v:0", "rotate=90"])
        let reference = try #require(try Session(square, "--every", "1").faceShape)
        for path in [stretched, turned] {
            let session = try Session(path, "--every", "1")
            #expect(session.size == [512, 512])
            #expect(abs(try #require(session.faceShape) - reference) < 0.06)
        }
    }

    @Test func readsTheMovingStreamAndNotTheCover() throws {
        let folder = try TemporaryFolder()
        let inputs = ["-i", Repository.astronaut] + Self.astronaut
        let streams = [
            "-map", "0:v", "-map", "1:v", "-c:v:0", "mjpeg", "-pix_fmt:v:0", "yuvj420p", "-s:v:0", "900x900",
        ]
        let codecs = ["-c:v:1", "libx264", "-preset", "ultrafast", "-pix_fmt:v:1", "yuv420p", "-s:v:1", "320x320"]
        let unmarked = try made("unmarked.mkv", in: folder, inputs + streams + codecs)
        let marked = try made(
            "marked.mp4", in: folder, inputs + streams + codecs + ["-disposition:v:0", "attached_pic"])
        for path in [unmarked, marked] {
            let session = try Session(path, "--every", "1")
            #expect(session.times.count == 10)
            #expect(session.size == [320, 320])
        }
        let sound = try made(
            "cover.m4a", in: folder,
            ["-i", Repository.astronaut, "-f", "lavfi", "-i", "sine=d=1"]
                + ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-disposition:v", "attached_pic"])
        let refused = try Command("video", sound)
        #expect(refused.status == 1)
        #expect(refused.messages.contains("there is no video in it, only a cover picture"))
    }

    @Test func keepsThePlayersTime() throws {
        let folder = try TemporaryFolder()
        let tone = ["-f", "lavfi", "-i", "sine=d=3"]
        let both = ["-map", "1:v", "-map", "0:a", "-c:a", "aac"] + Self.h264
        // Pictures begin half a second after the sound.
        let late = try made("late.mkv", in: folder, tone + ["-itsoffset", "0.5"] + Self.astronaut + both)
        let shown = try Programs.shownTimes(of: late)
        #expect(abs(try #require(shown.first) - 0.5) < 0.15)
        #expect(try Session(late, "--every", "1").times == shown)
        // The clock of the file starts at 100 s, a player's at zero.
        let clock = try made(
            "clock.ts", in: folder, Self.astronaut + ["-output_ts_offset", "100"] + Self.h264)
        #expect(try Session(clock, "--every", "1").times == (0..<10).map { Double($0) / 5 })
    }

    @Test func takesANameThatBeginsWithADash() throws {
        let folder = try TemporaryFolder()
        _ = try made("-dash.mp4", in: folder, Self.astronaut + Self.h264)
        let there = ["sh", "-c", "cd '\(folder.path(""))' && exec \"$0\" \"$@\""]
        let found = try Command(["video", "-dash.mp4", "--every", "1"], launcher: there)
        #expect(found.status == 0)
        #expect(found.output.contains { $0.hasPrefix("score") })
        let absent = try Command(["video", "-dash.mp4"])
        #expect(absent.status == 2)
        #expect(absent.output.isEmpty)
        #expect(absent.messages.contains("./-dash.mp4"))
    }

    @Test(arguments: ["1:1", "2000:3", "3:2000"])
    func takesPicturesTooSmallForAFace(size: String) throws {
        let folder = try TemporaryFolder()
        let path = try made(
            "small.mkv", in: folder,
            Self.astronaut + ["-vf", "scale=\(size),setsar=1", "-c:v", "ffv1", "-pix_fmt", "bgr0"])
        let overlay = folder.path("overlay.mp4")
        let command = try Command("video", path, "--every", "1", "--overlay", overlay)
        #expect(command.status == 3)
        #expect(command.messages.isEmpty)
        #expect(command.output.contains { $0.contains("withheld") })
        #expect(FileManager.default.fileExists(atPath: overlay))
    }

    @Test func saysThatThereIsOnlySound() throws {
        let folder = try TemporaryFolder()
        let path = try made("sound.mp4", in: folder, ["-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac"])
        let command = try Command("video", path)
        #expect(command.status == 1)
        #expect(command.output.isEmpty)
        #expect(command.messages.contains("sound.mp4: there is no video in it, only sound"))
    }

    /// Between the halves the picture changes its shape, as in a call when a phone is turned.
    @Test func keepsTheShapeOfPicturesThatChangeIt() throws {
        let folder = try TemporaryFolder()
        let first = try made("a.h264", in: folder, Self.astronaut + ["-vf", "scale=320:320"] + Self.h264)
        let second = try made(
            "b.h264", in: folder, Self.astronaut + ["-vf", "scale=320:320,pad=640:320:160:0"] + Self.h264)
        var stream = try #require(FileManager.default.contents(atPath: first))
        stream.append(try #require(FileManager.default.contents(atPath: second)))
        let both = try folder.file("both.h264", stream)
        let path = try made("both.mkv", in: folder, ["-framerate", "5", "-i", both, "-c", "copy"])
        let session = try Session(path, "--every", "1")
        #expect(session.times.count == 20)
        #expect(session.size == [320, 320])
        let shapes = try session.frames.compactMap { frame -> Double? in
            let box = try #require((frame["face_box"] ?? frame["face_position"]) as? [Double])
            return box[2] / box[3]
        }
        #expect(shapes.count > 10)
        #expect(try #require(shapes.max()) / (try #require(shapes.min())) < 1.25)
    }

    @Test(arguments: ["bt709", "bt470bg"], ["tv", "pc"])
    func readsColoursAsTheyAreMarked(matrix: String, range: String) throws {
        let folder = try TemporaryFolder()
        let plain = try made("plain.mkv", in: folder, Self.astronaut + ["-c:v", "ffv1", "-pix_fmt", "bgr0"])
        let filter = ["-vf", "scale=out_color_matrix=\(matrix):out_range=\(range)"]
        let marks = ["-colorspace", matrix, "-color_range", range, "-crf", "4"]
        let coded = try made("coded.mp4", in: folder, Self.astronaut + filter + Self.h264 + marks)
        let (reference, session) = (try Session(plain, "--every", "5"), try Session(coded, "--every", "5"))
        #expect(session.difference(from: reference) < 0.01)
    }

    /// The astronaut as a camera of high dynamic range stores it, a screen's white at 100 cd/m².
    private func wideRange(_ transfer: String, in folder: TemporaryFolder) throws -> String {
        let linear = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=gbr,zscale=t=linear:npl=100"
        let filter = "\(linear),format=gbrpf32le,zscale=p=bt2020,zscale=t=\(transfer):m=2020_ncl:r=tv:npl=100"
        let codec = ["-c:v", "ffv1", "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020"]
        return try made(
            "\(transfer).mkv", in: folder,
            Self.astronaut + ["-vf", "\(filter),format=yuv420p10le"] + codec
                + ["-color_trc", transfer, "-colorspace", "bt2020nc", "-color_range", "tv"])
    }

    @Test(
        .enabled(if: Programs.haveToneMapping, "this ffmpeg lacks zscale or tonemap"),
        arguments: ["arib-std-b67", "smpte2084"])
    func bringsHDRToStandardRange(transfer: String) throws {
        let folder = try TemporaryFolder()
        let plain = try Session(
            try made("plain.mkv", in: folder, Self.astronaut + ["-c:v", "ffv1", "-pix_fmt", "bgr0"]), "--every", "5")
        let path = try wideRange(transfer, in: folder)
        let session = try Session(path, "--every", "5")
        #expect(session.command.messages.isEmpty)
        #expect(session.media["color_transfer"] as? String == transfer)
        #expect(session.media["tone_mapped"] as? Bool == true)
        #expect(session.difference(from: plain) < 0.02)
        #expect(plain.media["tone_mapped"] == nil)
    }

    /// An ffmpeg without the filters, made of the one at hand and a list that leaves them out.
    @Test(.enabled(if: Programs.haveToneMapping, "this ffmpeg lacks zscale or tonemap"))
    func saysWhereHDRCannotBeBroughtToStandardRange() throws {
        let folder = try TemporaryFolder()
        let path = try wideRange("arib-std-b67", in: folder)
        let real = try #require(Programs.path(of: "ffmpeg"))
        let script = """
            #!/bin/sh
            case "$*" in *-filters*) "\(real)" "$@" | grep -v -e zscale -e tonemap ;; *) exec "\(real)" "$@" ;; esac
            """
        let poor = try folder.file("ffmpeg", Data(script.utf8))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: poor)
        let search = folder.path("") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
        let session = try Session(path, "--every", "5", environment: ["PATH": search])
        #expect(session.media["tone_mapped"] as? Bool == false)
        #expect(session.command.messages.contains("lacks the filter zscale and tonemap"))
        let doctor = try Command(["doctor", "--json"], environment: ["PATH": search])
        let ffmpeg = try #require(doctor.objects().first?["ffmpeg"] as? [String: Any])
        #expect(ffmpeg["missing_filters"] as? [String] == ["zscale", "tonemap"])
        #expect(ffmpeg["tone_mapping"] as? Bool == false)
    }

    // MARK: Files of the shared folder

    @Test(.enabled(if: SharedCases.have("sar-16-9.mp4"), SharedCases.absence))
    func makesThePixelsOfAnOldVideoSquare() throws {
        #expect(try Session(SharedCases.path("sar-16-9.mp4"), "--every", "20").size == [640, 360])
    }

    @Test(.enabled(if: SharedCases.have("cover-first.mkv"), SharedCases.absence))
    func readsTheVideoBehindACover() throws {
        let session = try Session(SharedCases.path("cover-first.mkv"), "--every", "25")
        #expect(session.times.count == 250)
        #expect(session.size == [300, 400])
    }

    @Test(.enabled(if: SharedCases.have("hdr-hlg.mp4") && Programs.haveToneMapping, SharedCases.absence))
    func readsAnHDRClipAsItsStandardCopy() throws {
        let wide = try Session(SharedCases.path("hdr-hlg.mp4"), "--every", "6")
        let standard = try Session(SharedCases.path("hdr-reference-sdr.mp4"), "--every", "6")
        #expect(wide.frames.count == standard.frames.count)
        #expect(wide.difference(from: standard) < 0.02, "\(wide.emotions) \(standard.emotions)")
    }
}

extension Programs {
    /// Whether ffmpeg has what brings HDR to standard range.
    static let haveToneMapping: Bool = {
        let filters = (try? output("ffmpeg", "-hide_banner", "-filters")) ?? ""
        return [" zscale ", " tonemap "].allSatisfy(filters.contains)
    }()

    /// Where the search path finds a program.
    static func path(of program: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// When a player shows each frame, in seconds since its zero, rounded to a hundredth.
    static func shownTimes(of path: String) throws -> [Double] {
        func numbers(_ entries: String) throws -> [Double] {
            try output(
                "ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", entries, "-of", "csv=p=0", path
            )
            .split(separator: "\n").compactMap { Double($0.prefix { $0 != "," }) }
        }
        let start = try numbers("format=start_time").first ?? 0
        return try numbers("packet=pts_time").map { (($0 - start) * 100).rounded() / 100 }.sorted()
    }

    /// Runs ffmpeg quietly.
    static func ffmpeg(_ arguments: [String]) throws {
        _ = try output("ffmpeg", ["-y", "-nostdin", "-loglevel", "error"] + arguments)
    }

    static func output(_ program: String, _ arguments: String...) throws -> String { try output(program, arguments) }

    /// What a program prints; it must end well.
    static func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) \(arguments.joined(separator: " "))")
        return String(decoding: text, as: UTF8.self)
    }
}

/// Files that show a fault, in the folder `shared/cases` beside the checkout; they may not be redistributed.
enum SharedCases {
    static let absence: Comment = "the file is not in ../shared/cases, or ffmpeg cannot read it"

    static func path(_ name: String) -> String { Repository.path("../shared/cases/" + name) }

    static func have(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}
