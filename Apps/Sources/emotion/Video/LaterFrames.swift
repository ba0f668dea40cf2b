import MediaStreams

/// The frames of a source from a moment on, with numbers and times that begin anew.
final class LaterFrames: FrameSource {
    private let source: any FrameSource
    private var first: StreamFrame?

    init(_ source: any FrameSource) { self.source = source }

    var widthPixels: Int { source.widthPixels }
    var heightPixels: Int { source.heightPixels }
    var pixels: [UInt8] { source.pixels }
    var encoding: StreamEncoding { source.encoding }
    var framing: [UInt8] { source.framing }

    func next() throws(MediaError) -> StreamFrame? {
        guard let frame = try source.next() else { return nil }
        let first = first ?? frame
        self.first = first
        return StreamFrame(number: frame.number - first.number, seconds: frame.seconds - first.seconds)
    }
}
