/// Where a face lies in a frame, in whole pixels; `[x, y, w, h]` in JSON, as the original's tuple.
public struct PixelBox: Codable, Sendable, Hashable {
    public let x: Int32
    public let y: Int32
    public let width: Int32
    public let height: Int32

    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = Int32(clamping: x)
        self.y = Int32(clamping: y)
        self.width = Int32(clamping: width)
        self.height = Int32(clamping: height)
    }

    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        x = try Self.pixels(&container)
        y = try Self.pixels(&container)
        width = try Self.pixels(&container)
        height = try Self.pixels(&container)
    }

    /// A whole number, or one with decimals as detectors give them, rounded.
    private static func pixels(_ container: inout any UnkeyedDecodingContainer) throws -> Int32 {
        let value = try container.decode(Double.self)
        guard let pixels = Int32(exactly: value.rounded()) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(value) pixels")
        }
        return pixels
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for number in [x, y, width, height] { try container.encode(number) }
    }
}
