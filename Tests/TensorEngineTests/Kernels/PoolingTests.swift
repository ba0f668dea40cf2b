import TensorEngine
import TestSupport
import Testing

@Suite struct PoolingTests {
    static let picture = Tensor((0..<25).map(Float.init), shape: [1, 5, 5, 1])

    /// Expected values worked out by hand: 5 pixels by windows of 2 leave one over, which only `ceil_mode` keeps.
    @Test func roundingUpKeepsThePartialWindow() {
        let down = Pooling(.maximum, kernel: 2, stride: 2)(Self.picture)
        #expect(down.shape == [1, 2, 2, 1])
        #expect(down.scalars == [6, 8, 16, 18])
        let up = Pooling(.maximum, kernel: 2, stride: 2, roundsUp: true)(Self.picture)
        #expect(up.shape == [1, 3, 3, 1])
        #expect(up.scalars == [6, 8, 9, 16, 18, 19, 21, 23, 24])
    }

    @Test func overlappingWindowsShareTheirPixels() {
        #expect(Pooling(.maximum, kernel: 3, stride: 2)(Self.picture).scalars == [12, 14, 22, 24])
        #expect(Pooling(.average, kernel: 3, stride: 2)(Self.picture).scalars == [6, 8, 16, 18])
    }

    @Test(arguments: [(3, 2, 2, 2), (1, 2, 2, 1), (4, 3, 2, 2), (46, 3, 2, 23), (22, 3, 2, 11), (4, 2, 3, 2)])
    func extentsRoundUpAsPyTorchDoes(_ input: Int, _ kernel: Int, _ stride: Int, _ expected: Int) {
        #expect(Pooling(.maximum, kernel: kernel, stride: stride, roundsUp: true).outputExtent(input) == expected)
    }

    @Test func globalMeanIsTakenChannelByChannel() {
        let tensor = Tensor([1, 10, 3, 30, 5, 50, 7, 70], shape: [1, 2, 2, 2])
        #expect(tensor.globalAveragePooled().scalars == [4, 40])
    }

    /// Rows that come round a ring, as a convolution leaves them, pooled one at a time.
    @Test(arguments: [(2, 2), (3, 2), (3, 3)], [16, 10, 28])
    func rowsOfMaximaAreThoseOfTheWholePicture(_ window: (kernel: Int, stride: Int), kept: Int) {
        let pooling = Pooling(.maximum, kernel: window.kernel, stride: window.stride, roundsUp: true)
        let (size, channels) = (Size(height: 8, width: 11), (kept + 7) / 8 * 8)
        let picture = Tensor.random([1, size.height, size.width, channels], seed: 3)
        let expected = pooling(picture).lastDimension(0..<kept)
        let (length, output) = (size.width * channels, expected.size)
        // Of what lies behind the last row seven elements may be overwritten, no more.
        var found = [Float](repeating: .nan, count: expected.shape.count + 8)
        var ring = [Float](repeating: 0, count: window.kernel * length)
        var scratch = [Float](repeating: 0, count: length)
        for row in 0..<output.height {
            let rows = (row * window.stride)..<min(row * window.stride + window.kernel, size.height)
            for source in rows {
                let place = source % window.kernel * length
                ring.replaceSubrange(
                    place..<(place + length), with: picture.scalars[(source * length)..<((source + 1) * length)])
            }
            ring.withUnsafeBufferPointer { ring in
                found.withUnsafeMutableBufferPointer { found in
                    guard let ring = ring.baseAddress, let target = found.baseAddress else { return }
                    pooling.maximumRow(
                        of: rows, in: RowRing(ring, width: size.width, channels: channels), scratch: &scratch,
                        keeping: kept, into: target + row * output.width * kept)
                }
            }
        }
        #expect(Array(found.prefix(expected.shape.count)) == expected.scalars)
        #expect(found.suffix(1).allSatisfy { $0.isNaN })
    }
}
