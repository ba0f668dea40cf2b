/// A picture of a video as it came through a pipe.
public struct StreamFrame: Sendable {
    /// Counts from 0.
    public let number: Int
    /// Since the zero of a player's clock; the first frame need not be there.
    public let seconds: Double

    public init(number: Int, seconds: Double) {
        self.number = number
        self.seconds = seconds
    }
}

/// Pictures one after another, each 8-bit RGB in rows without padding.
///
/// A source holds one picture at a time, so memory stays flat however long the video.
public protocol FrameSource: AnyObject {
    var widthPixels: Int { get }
    var heightPixels: Int { get }
    /// The pixels of the frame that ``next()`` returned last.
    var pixels: [UInt8] { get }
    /// Reads the next frame; nil at the end.
    func next() throws(MediaError) -> StreamFrame?
    /// What an encoder has to be told of pictures that are written on as they came.
    var encoding: StreamEncoding { get }
    /// What preceded the pixels of the current frame in the stream, to be written before its marked copy.
    var framing: [UInt8] { get }
}

/// How the pictures of a source are wrapped.
public enum StreamEncoding: Equatable, Sendable {
    /// Nothing but pixels, so many a second.
    case raw(framesPerSecond: Double)
    /// Matroska, which carries the time of each frame.
    case matroska
}
