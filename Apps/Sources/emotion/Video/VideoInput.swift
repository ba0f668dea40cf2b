import MediaStreams
import ProcessSignals

/// Where the frames of `emotion video` come from, and what ends with them.
struct VideoInput {
    let source: any FrameSource
    let properties: FFmpeg.Properties
    private let decoder: ChildProcess?
    private let file: String

    init(_ file: String, options: VideoCommand) throws(MediaError) {
        if file == "-", let width = options.width, let height = options.height {
            source = RawFrameReader(
                .standardInput, widthPixels: width, heightPixels: height, framesPerSecond: options.fps)
            properties = FFmpeg.Properties(framesPerSecond: options.fps)
            decoder = nil
            self.file = file
            return
        }
        // An absent file is told by its name before ffmpeg is asked for.
        _ = try Descriptor.reading(file)
        let decoder = try FFmpeg.decoder(of: file, longestSide: options.options.maxSide)
        do {
            source = try MatroskaFrameReader(decoder.pipe)
        } catch {
            // Nothing came because ffmpeg failed; what it said tells more.
            if StopSignal.received == nil { try Self.finish(decoder, of: file) }
            throw error
        }
        properties = FFmpeg.properties(of: file)
        self.decoder = decoder
        self.file = file
    }

    /// Throws where the decoder stopped before the end.
    func finish() throws(MediaError) {
        guard let decoder else { return }
        try Self.finish(decoder, of: file)
    }

    /// What the decoder said of a file that it read to the end all the same; nil where it said nothing.
    var complaint: String? {
        guard let messages = decoder?.messages, let first = messages.lines.first else { return nil }
        return messages.count == 1 ? "“\(first)”" : "“\(first)” and \(messages.count - 1) more of the kind"
    }

    /// Ends the decoder, whose frames are no longer wanted.
    func stop() { decoder?.stop() }

    /// Waits for the end; where the decoder failed, the error names the file and why.
    private static func finish(_ decoder: ChildProcess, of file: String) throws(MediaError) {
        do { try decoder.finish() } catch .failed(_, _, let reason?) {
            throw MediaError.unreadable(path: file, reason: reason)
        }
    }
}
