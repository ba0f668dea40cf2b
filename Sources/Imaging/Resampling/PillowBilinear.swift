import PlaneGeometry

/// Pillow's antialiased bilinear resize of 8-bit pictures, bit by bit.
///
/// A horizontal pass over all rows rounds to 8 bits, then a vertical pass does; the other way round where the height
/// shrinks much more than the width (since Pillow 13; earlier versions may differ by one level there). A pass that
/// would change nothing is left out. Weights are 22-bit fixed point, so two products of 30 bits share one 64-bit multiplication: that is the
/// widest integer multiplication that baseline x86-64 and arm64 both do in one step.
/// - Source: Pillow, `src/libImaging/Resample.c` of version 13.0.0.
enum PillowBilinear {
    /// A half in fixed point, in both halves of a word: added before the shift, it rounds to nearest.
    private static let rounding: UInt64 = {
        let half = UInt64(1) << (FixedPointTaps.precisionBits - 1)
        return half | half << 32
    }()

    static func resize(_ image: Image, from region: PixelRegion, to size: Size) -> Image {
        guard region.size != size else { return image.cropped(to: region) }
        return image.pixels.withUnsafeBufferPointer { pixels in
            let source = Rows(
                bytes: UnsafeBufferPointer(rebasing: pixels[((region.y * image.width + region.x) * 3)...]),
                stride: image.width * 3, count: region.height)
            let columnTaps = FixedPointTaps(from: region.width, to: size.width)
            let rowTaps = FixedPointTaps(from: region.height, to: size.height)
            return Image(width: size.width, height: size.height) { target in
                if region.height == size.height {
                    resizeRows(source, taps: columnTaps, into: target)
                } else if region.width == size.width {
                    resizeColumns(source, rowBytes: size.width * 3, taps: rowTaps, into: target)
                } else if isVerticalFirst(from: region.size, to: size) {
                    let rowBytes = region.width * 3
                    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size.height * rowBytes) { between in
                        resizeColumns(source, rowBytes: rowBytes, taps: rowTaps, into: between)
                        resizeRows(
                            Rows(bytes: UnsafeBufferPointer(between), stride: rowBytes, count: size.height),
                            taps: columnTaps, into: target)
                    }
                } else {
                    let rowBytes = size.width * 3
                    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: region.height * rowBytes) { between in
                        resizeRows(source, taps: columnTaps, into: between)
                        resizeColumns(
                            Rows(bytes: UnsafeBufferPointer(between), stride: rowBytes, count: region.height),
                            rowBytes: rowBytes, taps: rowTaps, into: target)
                    }
                }
            }
        }
    }

    /// Whether the height shrinks by more than twice the pixels that the width does: Pillow 13's rule, found by
    /// comparing both orders with its output over some hundred sizes.
    private static func isVerticalFirst(from old: Size, to new: Size) -> Bool {
        old.height > new.height && old.height - new.height > 2 * (old.width - new.width)
    }

    /// Rows of bytes, `stride` apart.
    private struct Rows {
        let bytes: UnsafeBufferPointer<UInt8>
        let stride: Int
        let count: Int
    }

    /// Two rows at a time: the upper one in the low half of each word, the lower one in the high half.
    private static func resizeRows(
        _ source: Rows, taps: FixedPointTaps, into target: UnsafeMutableBufferPointer<UInt8>
    ) {
        let outputRow = taps.outputs * 3
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: taps.inputs * 3) { packed in
            for row in stride(from: 0, to: source.count, by: 2) {
                let upper = row * source.stride
                let hasLower = row + 1 < source.count
                let lower = hasLower ? upper + source.stride : upper
                for index in 0..<(taps.inputs * 3) {
                    packed[index] = UInt64(source.bytes[upper + index]) | UInt64(source.bytes[lower + index]) << 32
                }
                taps.forEach { output, start, weights in
                    var (red, green, blue) = (rounding, rounding, rounding)
                    var offset = start * 3
                    for weight in weights {
                        red &+= packed[offset] &* weight
                        green &+= packed[offset + 1] &* weight
                        blue &+= packed[offset + 2] &* weight
                        offset &+= 3
                    }
                    let upperTarget = row * outputRow + output * 3
                    target[upperTarget] = lowHalf(red)
                    target[upperTarget + 1] = lowHalf(green)
                    target[upperTarget + 2] = lowHalf(blue)
                    guard hasLower else { return }
                    target[upperTarget + outputRow] = highHalf(red)
                    target[upperTarget + outputRow + 1] = highHalf(green)
                    target[upperTarget + outputRow + 2] = highHalf(blue)
                }
            }
        }
    }

    /// Eight neighbouring bytes of a row at a time, in four words of two.
    private static func resizeColumns(
        _ source: Rows, rowBytes: Int, taps: FixedPointTaps, into target: UnsafeMutableBufferPointer<UInt8>
    ) {
        let lanes: UInt64 = 0x0000_00FF_0000_00FF
        let bytes = UnsafeRawBufferPointer(source.bytes)
        taps.forEach { output, start, weights in
            let targetRow = output * rowBytes
            var column = 0
            while column + 8 <= rowBytes {
                var (sum0, sum1, sum2, sum3) = (rounding, rounding, rounding, rounding)
                var offset = start * source.stride + column
                for weight in weights {
                    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                    sum0 &+= (word & lanes) &* weight
                    sum1 &+= (word >> 8 & lanes) &* weight
                    sum2 &+= (word >> 16 & lanes) &* weight
                    sum3 &+= (word >> 24 & lanes) &* weight
                    offset &+= source.stride
                }
                let position = targetRow + column
                target[position] = lowHalf(sum0)
                target[position + 1] = lowHalf(sum1)
                target[position + 2] = lowHalf(sum2)
                target[position + 3] = lowHalf(sum3)
                target[position + 4] = highHalf(sum0)
                target[position + 5] = highHalf(sum1)
                target[position + 6] = highHalf(sum2)
                target[position + 7] = highHalf(sum3)
                column += 8
            }
            while column < rowBytes {
                var sum = rounding
                var offset = start * source.stride + column
                for weight in weights {
                    sum &+= UInt64(source.bytes[offset]) &* weight
                    offset &+= source.stride
                }
                target[targetRow + column] = lowHalf(sum)
                column += 1
            }
        }
    }

    @inline(__always)
    private static func lowHalf(_ sum: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: min((sum & 0xFFFF_FFFF) >> UInt64(FixedPointTaps.precisionBits), 255))
    }

    @inline(__always)
    private static func highHalf(_ sum: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: min(sum >> UInt64(32 + FixedPointTaps.precisionBits), 255))
    }
}
