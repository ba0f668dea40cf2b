import PlaneGeometry

extension Image {
    /// The picture at another size.
    ///
    /// - Precondition: `size` has at least one pixel in each direction.
    /// - Complexity: O(H·W′·⌈W / W′⌉ + H′·W′·⌈H / H′⌉).
    public func resized(to size: Size, filter: ResamplingFilter = .pillowBilinear) -> Image {
        resized(from: PixelRegion(all: self), to: size, filter: filter)
    }

    /// The part that `rect` covers at another size: the same pixels as ``cropped(to:)`` then ``resized(to:filter:)``.
    ///
    /// - Precondition: `size` has at least one pixel in each direction.
    public func resized(from rect: Rect, to size: Size, filter: ResamplingFilter = .pillowBilinear) -> Image {
        resized(from: PixelRegion(rect, in: self), to: size, filter: filter)
    }

    /// `region` at another size, without copying it first; pixels outside of it have no influence.
    package func resized(from region: PixelRegion, to size: Size, filter: ResamplingFilter = .pillowBilinear) -> Image {
        precondition(size.height > 0 && size.width > 0, "cannot resize to \(size)")
        switch filter {
        case .pillowBilinear: return PillowBilinear.resize(self, from: region, to: size)
        }
    }
}

/// How ``Image/resized(to:filter:)`` weighs the pixels that fall into one.
public enum ResamplingFilter: Sendable, Hashable {
    /// The antialiased triangle of Pillow's `Image.resize(…, BILINEAR)`, equal to it bit by bit.
    case pillowBilinear
}
