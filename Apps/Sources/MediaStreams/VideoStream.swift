/// The pixels and colours of a stream of video, as its file describes them.
public struct VideoStream: Equatable, Sendable {
    /// Its number in the file.
    public var index: Int
    /// As they are stored, before any turn.
    public var widthPixels: Int
    public var heightPixels: Int
    /// Width of a pixel over its height.
    public var pixelAspect: Double = 1
    /// Whether players show it lying on its side.
    public var isTurnedByQuarter = false
    public var isInterlaced = false
    public var hasAlpha = false
    /// Names of ITU-T H.273 as ffmpeg writes them; nil where the file does not say.
    public var transfer: String?
    public var primaries: String?
    public var matrix: String?
    public var framesPerSecond: Double?

    public init(index: Int, widthPixels: Int, heightPixels: Int) {
        self.index = index
        self.widthPixels = widthPixels
        self.heightPixels = heightPixels
    }

    /// Nil where the stream has no size.
    init?(_ stream: ProbeAnswer.Stream) {
        guard let width = stream.width, let height = stream.height, width > 0, height > 0 else { return nil }
        self.init(index: stream.index, widthPixels: width, heightPixels: height)
        // Wilder ratios come from damaged files; no camera or disc has them.
        if let aspect = Self.quotient(stream.sampleAspectRatio, ":"), (0.1...10).contains(aspect) {
            pixelAspect = aspect
        }
        let turn = stream.sideDataList?.compactMap(\.rotation).first ?? 0
        isTurnedByQuarter = abs(abs(turn.truncatingRemainder(dividingBy: 180)) - 90) < 1
        isInterlaced = ["tt", "bb", "tb", "bt"].contains(stream.fieldOrder ?? "")
        hasAlpha = Self.alphaFormats.contains { stream.pixFmt?.hasPrefix($0) == true }
        transfer = Self.name(stream.colorTransfer)
        primaries = Self.name(stream.colorPrimaries)
        matrix = Self.name(stream.colorSpace)
        framesPerSecond = Self.quotient(stream.avgFrameRate, "/")
    }

    private static let alphaFormats = ["yuva", "rgba", "bgra", "argb", "abgr", "gbrap", "ya8", "ya16"]

    /// Whether light is stored in more range than a screen of standard range shows: hybrid log-gamma or PQ.
    public var isHighDynamicRange: Bool { transfer == "arib-std-b67" || transfer == "smpte2084" }

    /// Whether colours are stored for wider primaries than those of BT.709 and sRGB.
    public var hasWideGamut: Bool { ["bt2020", "smpte431", "smpte432"].contains(primaries ?? "") }

    /// The matrix that players assume where the file names none: BT.709's for high definition, else BT.601's.
    ///
    /// ffmpeg takes BT.601's for all.
    var assumedMatrix: String? {
        guard matrix == nil else { return nil }
        return max(widthPixels, heightPixels) >= 1280 || min(widthPixels, heightPixels) > 576 ? "bt709" : nil
    }

    /// Width and height upright, with square pixels, no side longer than `longestSide`, both even and at least 2.
    ///
    /// Pixels that are not square are stretched along their longer side, so that no detail is lost.
    public func squarePixelSize(longestSide: Int) -> (width: Int, height: Int) {
        var width = Double(widthPixels) * max(1, pixelAspect)
        var height = Double(heightPixels) * max(1, 1 / pixelAspect)
        if isTurnedByQuarter { swap(&width, &height) }
        let factor = min(1, Double(longestSide) / max(width, height))
        return (Self.even(width * factor), Self.even(height * factor))
    }

    private static func even(_ length: Double) -> Int { max(2, Int((length / 2 + 0.01).rounded(.down)) * 2) }

    /// `a:b` or `a/b`; nil unless both are positive.
    private static func quotient(_ text: String?, _ sign: Character) -> Double? {
        let parts = (text ?? "").split(separator: sign).compactMap { Double($0) }
        guard parts.count == 2, parts[0] > 0, parts[1] > 0 else { return nil }
        return parts[0] / parts[1]
    }

    private static func name(_ text: String?) -> String? {
        guard let text, !["unknown", "unspecified", "reserved"].contains(text) else { return nil }
        return text
    }
}
