import ArgumentParser
import ImageCodecs

/// The options that say how large a picture may be.
struct PictureLimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Refuse pictures of more megapixels (millions). Those of more than 16.7 are read at a half, a quarter or an eighth.",
            valueName: "N"))
    var maxMegapixels = Double(DecodingLimits.default.maximumStoredPixels) / 1e6

    @Option(help: ArgumentHelp("Refuse files of more mebibytes.", valueName: "N"))
    var maxFileSize = DecodingLimits.default.maximumBytes >> 20

    func validate() throws {
        guard (0.000_001...1_000).contains(maxMegapixels) else {
            throw ValidationError("--max-megapixels must be above 0 and at most 1000, not \(maxMegapixels).")
        }
        guard (1...4_096).contains(maxFileSize) else {
            throw ValidationError("--max-file-size must be 1 to 4096, not \(maxFileSize).")
        }
    }

    /// The limits with these options in place.
    var limits: DecodingLimits {
        var limits = DecodingLimits.default
        limits.maximumStoredPixels = Int((maxMegapixels * 1e6).rounded())
        limits.maximumPixels = min(limits.maximumPixels, limits.maximumStoredPixels)
        limits.maximumBytes = maxFileSize << 20
        return limits
    }
}
