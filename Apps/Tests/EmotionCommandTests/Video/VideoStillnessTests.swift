import Foundation
import Testing

/// A photograph before the camera is told from a person, through the whole command.
@Suite(.enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct VideoStillnessTests {
    private func lines(of filter: String, seconds: Double, rate: Int, _ options: String...) throws -> [String] {
        let folder = try TemporaryFolder()
        let clip = folder.path("clip.mp4")
        try Programs.ffmpeg(
            "-loop", "1", "-framerate", "\(rate)", "-t", "\(seconds)", "-i", Repository.astronaut, "-vf",
            filter, "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p", clip)
        let command = try Command(["video", clip] + options)
        try #require(command.status == 0, "\(command.messages)")
        return command.output
    }

    /// A webcam in the evening has noise of 16 and more.
    @Test(arguments: [0, 8, 16, 20, 30])
    func aPhotographThroughANoisyCameraIsNotPraised(noise: Int) throws {
        let lines = try lines(of: "scale=400:-2,noise=alls=\(noise):allf=t", seconds: 5, rate: 10, "--every", "2")
        #expect(lines.contains { $0.contains("of a still picture") }, "\(lines)")
        #expect(!lines.contains { $0.contains("went well") }, "\(lines)")
    }

    /// A slow sway of a tenth of the face, at 60 frames a second a twentieth of a pixel to half a pixel a frame.
    @Test(arguments: ["1", "12", "60"])
    func aHeadThatSwaysIsNoPhotographAtAnyStep(interval: String) throws {
        let swaying = "pad=560:560:24:24:gray,crop=500:500:x='30+9*sin(2.5*t)':y=30"
        let lines = try lines(
            of: swaying, seconds: interval == "1" ? 5 : 8, rate: 60, "--every", interval)
        #expect(!lines.contains { $0.contains("of a still picture") }, "\(lines)")
    }

    /// The stillest of the shared clips, as it is, motion-interpolated, darkened and noisy.
    @Test(arguments: ["fps=60", "minterpolate=fps=60:mi_mode=blend", "eq=brightness=-0.25", "noise=alls=20:allf=t"])
    func aPersonWhoTalksQuietlyIsNoPhotograph(filter: String) throws {
        guard let source = Repository.shared("videos/speaking_2.mp4") else { return }
        let folder = try TemporaryFolder()
        let clip = folder.path("quiet.mp4")
        try Programs.ffmpeg(
            "-ss", "2", "-t", "5.5", "-i", source, "-vf", "scale=384:-2," + filter, "-c:v", "libx264", "-preset",
            "ultrafast", clip)
        let command = try Command("video", clip, "--every", "2")
        #expect(command.status == 0)
        #expect(!command.output.contains { $0.contains("of a still picture") }, "\(command.output)")
    }
}
