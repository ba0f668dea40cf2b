import Imaging
import PlaneGeometry
import TestSupport
import Testing

/// References: PyTorch 2.13.0 over SeededGenerator's bytes as floats,
/// `torch.nn.functional.interpolate(image.permute(2, 0, 1)[None], size=(h, w), mode="area").permute(0, 2, 3, 1)`.
@Suite struct AreaResamplingTests {
    @Test func equalsPyTorch() {
        let image = Image.noise(width: 7, height: 5, seed: 7)
        let expected: [Float] = [
            126.5, 113.0, 105.0, 159.3333282470703, 118.66666412353516, 94.16666412353516, 136.5, 144.6666717529297,
            142.5, 90.5, 205.25, 135.75, 123.5, 133.3333282470703, 115.16666412353516, 172.55555725097656,
            135.3333282470703, 121.55554962158203, 130.11111450195312, 107.88888549804688, 119.0, 75.66666412353516,
            170.0, 151.6666717529297, 95.75, 142.5, 142.5, 190.8333282470703, 137.0, 124.66666412353516, 170.0,
            161.1666717529297, 138.6666717529297, 122.5, 166.0, 125.5,
        ]
        #expect(resampled(image, from: PixelRegion(all: image), to: Size(height: 3, width: 4)) == expected)
    }

    @Test(arguments: [
        (Size(height: 13, width: 17), UInt32(2_387_220_413)), (Size(side: 48), UInt32(2_651_551_275)),
        (Size(side: 24), UInt32(2_906_649_283)), (Size(height: 29, width: 36), UInt32(1_471_023_542)),
    ])
    func equalsPyTorchBitByBit(size: Size, crc32: UInt32) {
        let image = Image.noise(width: 61, height: 47, seed: 8)
        let scalars = resampled(image, from: PixelRegion(all: image), to: size)
        let bytes = scalars.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) } }
        #expect(Checksum.crc32(bytes) == crc32)
    }

    @Test(arguments: [
        (Rect(x: 0, y: 0, width: 23, height: 19), Size(height: 7, width: 9)),
        (Rect(x: 5, y: 3, width: 11, height: 13), Size(height: 24, width: 24)),
        (Rect(x: 22, y: 18, width: 1, height: 1), Size(height: 3, width: 2)),
        (Rect(x: 1, y: 2, width: 20, height: 1), Size(height: 1, width: 1)),
    ])
    func eachPixelIsTheNormalizedMeanOfItsWindow(rect: Rect, size: Size) {
        let image = Image.noise(width: 23, height: 19, seed: 9)
        let region = PixelRegion(rect, in: image)
        var scalars: [Float] = []
        for y in 0..<size.height {
            for x in 0..<size.width {
                let rows = window(y, from: region.height, to: size.height)
                let columns = window(x, from: region.width, to: size.width)
                for channel in 0..<3 {
                    var total = 0.0
                    for row in rows {
                        for column in columns {
                            total += Double(image.pixel(region.x + column, region.y + row)[channel])
                        }
                    }
                    scalars.append(Float((total / Double(rows.count * columns.count) - 127.5) / 128))
                }
            }
        }
        let observed = resampled(image, from: region, to: size, normalization: .signedUnit)
        #expect(observed.count == scalars.count)
        let error = zip(observed, scalars).map { abs($0 - $1) - 1e-6 * abs($1) }.max() ?? .infinity
        #expect(error <= 1e-6)
    }

    /// The sums of 257 rows of 255 fit sixteen bits, those of 258 do not.
    @Test(arguments: [257, 258, 300, 601]) func tallWindowsDoNotOverflow(height: Int) {
        let image = Image(width: 3, height: height, filledWith: Color(red: 255, green: 254, blue: 253))
        let pixels = resampled(image, from: PixelRegion(all: image), to: Size(height: 1, width: 2))
        #expect(pixels == [255, 254, 253, 255, 254, 253])
    }

    private func resampled(
        _ image: Image, from region: PixelRegion, to size: Size,
        normalization: AreaResampling.Normalization = .none
    ) -> [Float] {
        [Float](unsafeUninitializedCapacity: size.area * 3) { target, count in
            count = size.area * 3
            AreaResampling.resample(
                image, from: region, to: size, normalization: normalization,
                into: UnsafeMutableBufferPointer(rebasing: target[..<count]))
        }
    }

    private func window(_ output: Int, from inputs: Int, to outputs: Int) -> Range<Int> {
        let ratio = Double(inputs) / Double(outputs)
        return Int((Double(output) * ratio).rounded(.down))..<Int((Double(output + 1) * ratio).rounded(.up))
    }
}
