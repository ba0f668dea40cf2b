extension Tensor {
    /// Each channel times its scale, plus its shift; the last dimension holds the channels.
    ///
    /// - Precondition: `scale` and `shift` have one element a channel.
    package func scaledAndShifted(byChannel scale: Tensor, _ shift: Tensor) -> Tensor {
        let channels = scale.shape.count
        precondition(shape.dimensions.last == channels, "\(channels) scales for \(shape)")
        precondition(shift.shape.count == channels, "\(shift.shape.count) shifts for \(channels) channels")
        var result = self
        result.forEachPixel(of: channels) { pixel in
            scale.withPointer { scale in
                shift.withPointer { shift in
                    for channel in 0..<channels { pixel[channel] = pixel[channel] * scale[channel] + shift[channel] }
                }
            }
        }
        return result
    }

    /// Each picture's channels times its own gates, `[N, H, W, C]` by `[N, C]`.
    ///
    /// - Precondition: `gates` has one row a picture and one element a channel.
    package func gated(by gates: Tensor) -> Tensor {
        let (batch, area, channels) = (batch, size.area, channels)
        precondition(gates.shape == [batch, channels], "[\(batch), \(channels)] expected, found \(gates.shape)")
        var result = self
        result.withMutablePointer { elements in
            gates.withPointer { gates in
                for pixel in 0..<(batch * area) {
                    let (values, gate) = (elements + pixel * channels, gates + pixel / area * channels)
                    for channel in 0..<channels { values[channel] *= gate[channel] }
                }
            }
        }
        return result
    }

    /// The elementwise sum with a tensor of the same shape.
    public func adding(_ other: Tensor) -> Tensor {
        precondition(shape == other.shape, "cannot add \(other.shape) to \(shape)")
        var result = self
        result.withMutablePointer { sum in
            other.withPointer { other in
                for index in 0..<shape.count { sum[index] += other[index] }
            }
        }
        return result
    }

    private mutating func forEachPixel(of channels: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
        let pixels = channels == 0 ? 0 : shape.count / channels
        withMutablePointer { elements in
            for pixel in 0..<pixels { body(elements + pixel * channels) }
        }
    }
}
