/// A color to show a level in; three numbers 0…255 in an array in JSON, as the original's tuple.
public struct RGBColor: Codable, Sendable, Hashable {
    public let red: UInt8
    public let green: UInt8
    public let blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        red = try container.decode(UInt8.self)
        green = try container.decode(UInt8.self)
        blue = try container.decode(UInt8.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(red)
        try container.encode(green)
        try container.encode(blue)
    }
}
