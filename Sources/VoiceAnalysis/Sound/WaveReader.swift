/// Reads WAV files: PCM of 8, 16, 24 and 32 bits, floating point of 32 and 64, plain or extensible, mixed to one channel.
///
/// - Source: Microsoft, "Multiple Channel Audio Data and WAVE Files", 2007; RIFF as of 1991.
public enum WaveReader {
    /// The mean of the channels.
    ///
    /// A file that ends before its `data` chunk does, or whose length was never filled in, as a recorder that was cut off or a
    /// pipe leaves it, gives the whole frames that are there.
    /// - Parameter bytes: the file.
    /// - Throws: ``SoundError``.
    /// - Complexity: O(n); at most four bytes of memory a frame besides `bytes`.
    public static func read(_ bytes: [UInt8], limits: SoundLimits = SoundLimits()) throws(SoundError) -> Sound {
        guard let header = try WaveHeader.find(in: bytes, isWhole: true, limits) else { throw .truncated }
        let frames = header.frames(in: bytes.count)
        guard frames > 0 else { throw .truncated }
        try header.check(frames: frames, limits)
        let samples = bytes.withUnsafeBytes { header.samples($0, from: header.start, frames: frames) }
        return Sound(samples: samples, rate: header.rate)
    }
}
