/// Reads a WAV file that comes in pieces, in memory that does not grow with it: what ``WaveReader`` reads.
public struct WaveStream: Sendable {
    private let limits: SoundLimits
    private var header: WaveHeader?
    /// Bytes that no sample was made of yet: the beginning of the file, later less than a frame.
    private var pending: [UInt8] = []
    private var frames = 0

    /// Bytes before the first sample, at most.
    private static let longestHeader = 1 << 26

    public init(limits: SoundLimits = SoundLimits()) { self.limits = limits }

    /// Samples a second; nil until the header was read.
    public var rate: Int? { header?.rate }

    /// How many samples a file of `bytes` bytes has; nil until the header was read.
    ///
    /// - Throws: ``SoundError`` where they are more than the limits allow.
    public func sampleCount(ofFileWith bytes: Int) throws(SoundError) -> Int? {
        guard let header else { return nil }
        let frames = header.frames(in: bytes)
        try header.check(frames: frames, limits)
        return frames
    }

    /// The samples that the file's next bytes complete, the mean of the channels.
    ///
    /// - Throws: ``SoundError``, also where more samples come than the limits allow.
    public mutating func add(_ bytes: [UInt8]) throws(SoundError) -> [Float] {
        pending += bytes
        if header == nil {
            header = try WaveHeader.find(in: pending, isWhole: false, limits)
            if header == nil, pending.count > Self.longestHeader {
                throw .malformed("more than \(Self.longestHeader) bytes before the first sample")
            }
            pending.removeFirst(min(header?.start ?? 0, pending.count))
        }
        return try header.map { header throws(SoundError) in try samples(header) } ?? []
    }

    /// The samples that are left at the file's end.
    ///
    /// - Throws: ``SoundError/truncated`` where the file had none.
    public mutating func finish() throws(SoundError) -> [Float] {
        guard header == nil else {
            if frames == 0 { throw .truncated }
            return []
        }
        guard let header = try WaveHeader.find(in: pending, isWhole: true, limits) else { throw .truncated }
        self.header = header
        pending.removeFirst(min(header.start, pending.count))
        let samples = try samples(header)
        if frames == 0 { throw .truncated }
        return samples
    }

    private mutating func samples(_ header: WaveHeader) throws(SoundError) -> [Float] {
        let left = header.promisedFrames.map { $0 - frames } ?? .max
        let count = min(header.wholeFrames(pending.count), left)
        try header.check(frames: frames + count, limits)
        let samples = pending.withUnsafeBytes { header.samples($0, from: 0, frames: count) }
        frames += count
        // Behind the last sample other chunks follow.
        if count == left { pending.removeAll() } else { pending.removeFirst(header.bytes(of: count)) }
        return samples
    }
}
