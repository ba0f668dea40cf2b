/// How ``Image/resized(to:filter:)`` weighs the pixels that fall into one.
public enum ResamplingFilter: Sendable, Hashable {
    /// The antialiased triangle of Pillow's `Image.resize(…, BILINEAR)`, equal to it bit by bit.
    case pillowBilinear
}
