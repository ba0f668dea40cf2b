import FileNames
import InterviewAnalysis
import MediaStreams
import ProcessSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the frames of `emotion video` come from, and what ends with them.
struct VideoInput {
    let source: any FrameSource
    /// What is known of a file before it is read; nil of a camera and of raw frames.
    let video: VideoFile?
    private let decoder: ChildProcess?
    private let file: String

    /// Raw frames: their size in pixels, and how many a second.
    struct RawFrames {
        let width: Int
        let height: Int
        let rate: Double
    }

    /// - Parameters:
    ///   - file: `-` for raw frames on standard input.
    ///   - raw: what those are; of no use for a file or a camera.
    ///   - longestSide: pictures are decoded at no more pixels a side.
    init(_ file: String, raw: RawFrames?, longestSide: Int) throws(MediaError) {
        self.file = file
        if file == "-", let raw {
            source = RawFrameReader(
                .standardInput, widthPixels: raw.width, heightPixels: raw.height, framesPerSecond: raw.rate)
            (video, decoder) = (nil, nil)
            return
        }
        // A pipe would be opened for ever, or read by ffprobe before ffmpeg comes to it.
        var status = stat()
        if FileName.withBytes(file, { stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFIFO {
            throw .unreadable(path: file, reason: "it is a pipe; a video must be a file, and - takes raw frames")
        }
        // A file that is absent is named before ffmpeg is asked for.
        _ = try Descriptor.reading(file)
        let decoder: ChildProcess
        if FFmpeg.isCamera(file) {
            video = nil
            decoder = try FFmpeg.camera(file, longestSide: longestSide)
        } else {
            var described = try VideoFile(path: file)
            decoder = try FFmpeg.decoder(of: &described, longestSide: longestSide)
            video = described
        }
        do {
            source = try MatroskaFrameReader(decoder.pipe)
        } catch {
            // Nothing came because ffmpeg failed; what it said tells more.
            if StopSignal.received == nil { try Self.finish(decoder, of: file) }
            throw error
        }
        self.decoder = decoder
    }

    /// How the session names what it was made of.
    func media(named name: String, rawRate: Double, everyNthFrame: Int?) -> SessionDetails.Media {
        SessionDetails.Media(
            name: name, framesPerSecond: file == "-" ? rawRate : video?.video.framesPerSecond,
            widthPixels: source.widthPixels, heightPixels: source.heightPixels, everyNthFrame: everyNthFrame,
            colorTransfer: video?.video.transfer, toneMapped: video?.isToneMapped)
    }

    /// Throws where the decoder stopped before the end.
    func finish() throws(MediaError) {
        guard let decoder else { return }
        try Self.finish(decoder, of: file)
    }

    /// How often the decoder complained of a file that it read to the end all the same.
    var complaintCount: Int { decoder?.messages.count ?? 0 }

    /// Ends the decoder, whose frames are no longer wanted.
    func stop() { decoder?.stop() }

    /// Waits for the end; where the decoder failed, the error names the file and why.
    private static func finish(_ decoder: ChildProcess, of file: String) throws(MediaError) {
        do { try decoder.finish() } catch .failed(let program, let status, let reason) where status >= 0 {
            throw MediaError.unreadable(path: file, reason: reason ?? "\(program) cannot read it; is it whole?")
        }
    }
}
