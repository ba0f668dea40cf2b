import MediaStreams

/// Where the frames of `emotion video` come from, and what ends with them.
struct VideoInput {
    let source: any FrameSource
    let properties: FFmpeg.Properties
    private let decoder: ChildProcess?

    init(_ file: String, options: VideoCommand) throws(MediaError) {
        if file == "-", let width = options.width, let height = options.height {
            source = RawFrameReader(
                .standardInput, widthPixels: width, heightPixels: height, framesPerSecond: options.fps)
            properties = FFmpeg.Properties(framesPerSecond: options.fps)
            decoder = nil
            return
        }
        // An absent file is told by its name before ffmpeg is asked for.
        _ = try Descriptor.reading(file)
        let decoder = try FFmpeg.decoder(of: file, longestSide: options.options.maxSide)
        do {
            source = try MatroskaFrameReader(decoder.pipe)
        } catch {
            // Nothing came because ffmpeg failed, and its own words are on standard error.
            try decoder.finish()
            throw error
        }
        properties = FFmpeg.properties(of: file)
        self.decoder = decoder
    }

    /// Throws where the decoder stopped before the end.
    func finish() throws(MediaError) { try decoder?.finish() }
}
