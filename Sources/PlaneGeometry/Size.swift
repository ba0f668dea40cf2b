/// Rows and columns of a picture or a kernel window, in pixels.
public struct Size: Hashable, Sendable, CustomStringConvertible {
    public let height: Int
    public let width: Int

    public init(height: Int, width: Int) {
        self.height = height
        self.width = width
    }

    public init(side: Int) { self.init(height: side, width: side) }

    /// Pixels covered, height × width.
    public var area: Int { height * width }

    /// `480×640`, height first.
    public var description: String { "\(height)×\(width)" }
}
