/// Pictures without any wrapping, at a fixed rate: what `-` reads from standard input.
public final class RawFrameReader: FrameSource {
    public let widthPixels: Int
    public let heightPixels: Int
    public let framesPerSecond: Double
    public private(set) var pixels: [UInt8]
    private let stream: Descriptor
    private var count = 0

    /// - Precondition: all three numbers are positive.
    public init(_ stream: Descriptor, widthPixels: Int, heightPixels: Int, framesPerSecond: Double) {
        precondition(
            widthPixels > 0 && heightPixels > 0 && framesPerSecond > 0,
            "frames of \(widthPixels)×\(heightPixels), \(framesPerSecond) a second")
        self.stream = stream
        self.widthPixels = widthPixels
        self.heightPixels = heightPixels
        self.framesPerSecond = framesPerSecond
        pixels = [UInt8](repeating: 0, count: widthPixels * heightPixels * 3)
    }

    public var encoding: StreamEncoding { .raw(framesPerSecond: framesPerSecond) }
    public var framing: [UInt8] { [] }

    /// - Throws: ``MediaError/malformedStream(reason:)`` where the stream ends inside a picture.
    public func next() throws(MediaError) -> StreamFrame? {
        let size = pixels.count
        let read = try stream.read(into: &pixels)
        guard read > 0 else { return nil }
        guard read == size else {
            throw .malformedStream(reason: "frame \(count) has \(read) of \(size) bytes")
        }
        defer { count += 1 }
        return StreamFrame(number: count, seconds: Double(count) / framesPerSecond)
    }
}
