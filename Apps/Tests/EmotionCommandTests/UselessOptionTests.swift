import Foundation
import Testing

/// An option that would do nothing is a mistake, and told as one.
@Suite struct UselessOptionTests {
    @Test(arguments: [
        ["detect", "--weights", "nosuch", "a.png"], ["models", "info", "--min-face", "40"],
        ["models", "verify", "--min-face", "40"], ["report", "s.json", "--earlier", "t.json"],
        ["report", "s.json", "--history", "folder"], ["report", "s.json", "--goal", "smiles"],
        ["video", "a.mp4", "--every", "2", "--cpu-budget", "50"], ["video", "a.mp4", "--width", "640"],
        ["video", "a.mp4", "--height", "480"], ["video", "a.mp4", "--fps", "25"],
        ["video", "-", "--width", "4", "--height", "4", "--max-side", "320"], ["video", "a.mp4", "--title", "Monday"],
        ["video", "-", "--width", "4", "--height", "4", "--no-voice"], ["practice", "--advice"],
        ["practice", "--title", "Monday"],
        ["video", "a.mp4", "--history", "folder"], ["practice", "--history", "folder"],
        ["video", "a.mp4", "--goal", "smiles"], ["practice", "--goal", "smiles"],
        ["practice", "--save-resting", "r.json", "--no-resting"], ["practice", "--save-resting", "r.json"],
        ["practice", "--save-resting", "r.json", "--resting", "s.json", "--guided"], ["practice", "--journal", "-"],
        ["detect", "--crop", "square", "a.png"], ["detect", "--crop-padding", "20", "a.png"],
        ["detect", "--crop-fill", "black", "a.png"],
    ])
    func isRefused(arguments: [String]) throws {
        let command = try Command(arguments)
        #expect(command.status == 2)
        #expect(command.output.isEmpty)
        let option =
            arguments.first { $0.hasPrefix("--") && $0 != "--width" && $0 != "--height" }
            ?? arguments.first { $0.hasPrefix("--") } ?? ""
        #expect(command.messages.contains(option), "\(command.messages)")
    }

    @Test(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
    func aQuestionBeyondTheEndIsRefused() throws {
        let folder = try TemporaryFolder()
        let clip = folder.path("clip.mp4")
        try Programs.ffmpeg("-f", "lavfi", "-i", "color=gray:s=64x64:r=5:d=2", "-pix_fmt", "yuv420p", clip)
        let late = try Command("video", clip, "--question", "Why?@0:05")
        #expect(late.status == 2)
        #expect(late.messages.contains("Why? begins at 5.0 s, after the end of the video at 2.0 s"))
        #expect(try Command("video", clip, "--every", "1", "--question", "Why?@0:01").status == 3)
        let stretch = try Command("video", clip, "--resting-from", "0:52-0:59")
        #expect(stretch.status == 2)
        #expect(stretch.messages.contains("--resting-from ends at 59.0 s, after the end of the video at 2.0 s"))
    }
}
