internal import Imaging

/// Sums of all pixels above and to the left of each corner of a pixel, and of their squares.
///
/// Any rectangle's sum is then four look-ups. Sums wrap around beyond 32 bits, which leaves the sum of every rectangle
/// right as long as it fits: that of a window always does.
struct IntegralImage {
    /// Elements from one row to the next: one more than the picture is wide.
    let stride: Int
    /// `[(height + 1) × (width + 1)]`, first row and column 0.
    let sums: [UInt32]
    let squaredSums: [UInt32]

    /// - Complexity: O(pixels), eight bytes each.
    init(of image: GrayImage) {
        let (width, height) = (image.width, image.height)
        let stride = width + 1
        var sums = [UInt32](repeating: 0, count: stride * (height + 1))
        var squaredSums = sums
        image.pixels.withUnsafeBufferPointer { pixels in
            sums.withUnsafeMutableBufferPointer { sums in
                squaredSums.withUnsafeMutableBufferPointer { squaredSums in
                    for y in 0..<height {
                        var (rowSum, rowSquaredSum): (UInt32, UInt32) = (0, 0)
                        let above = y * stride + 1
                        for x in 0..<width {
                            let pixel = UInt32(pixels[y * width + x])
                            rowSum &+= pixel
                            rowSquaredSum &+= pixel &* pixel
                            sums[above + stride + x] = sums[above + x] &+ rowSum
                            squaredSums[above + stride + x] = squaredSums[above + x] &+ rowSquaredSum
                        }
                    }
                }
            }
        }
        self.stride = stride
        self.sums = sums
        self.squaredSums = squaredSums
    }
}

/// Where the four corners of a rectangle lie in an ``IntegralImage``, counted from the window's own corner.
struct CornerOffsets {
    let topLeft: Int32
    let topRight: Int32
    let bottomLeft: Int32
    let bottomRight: Int32

    init(x: Int, y: Int, width: Int, height: Int, stride: Int) {
        topLeft = Int32(y * stride + x)
        topRight = Int32(y * stride + x + width)
        bottomLeft = Int32((y + height) * stride + x)
        bottomRight = Int32((y + height) * stride + x + width)
    }

    /// The sum over the rectangle of the window that begins at `window`.
    @inline(__always)
    func sum(_ window: UnsafePointer<UInt32>) -> UInt32 {
        window[Int(topLeft)] &- window[Int(topRight)] &- window[Int(bottomLeft)] &+ window[Int(bottomRight)]
    }
}
