import Imaging
import Testing

/// Planar and packed buffers against the formulas of the recommendations in floating point.
@Suite struct YUVTests {
    /// Kr and Kb; the published digits.
    private static let weights: [YUVEncoding.Matrix: (Double, Double)] = [
        .bt601: (0.299, 0.114), .bt709: (0.2126, 0.0722),
    ]

    static let encodings: [YUVEncoding] = YUVEncoding.Matrix.allCases.flatMap { matrix in
        YUVEncoding.Range.allCases.map { YUVEncoding(matrix, range: $0) }
    }

    /// E'R = E'Y + 2(1 − Kr)·E'Cr and so on, each clamped and rounded.
    private func expected(_ y: UInt8, _ u: UInt8, _ v: UInt8, _ encoding: YUVEncoding) -> [UInt8] {
        let (red, blue) = Self.weights[encoding.matrix] ?? (0, 0)
        let isFull = encoding.range == .full
        let luma = isFull ? Double(y) / 255 : (Double(y) - 16) / 219
        let (cb, cr) = ((Double(u) - 128) / (isFull ? 255 : 224), (Double(v) - 128) / (isFull ? 255 : 224))
        let r = luma + 2 * (1 - red) * cr
        let b = luma + 2 * (1 - blue) * cb
        let g = (luma - red * r - blue * b) / (1 - red - blue)
        return [r, g, b].map { UInt8(min(max($0 * 255, 0), 255).rounded()) }
    }

    private func isClose(_ image: Image, _ other: [UInt8]) -> Bool {
        image.pixels.count == other.count && zip(image.pixels, other).allSatisfy { abs(Int($0) - Int($1)) <= 1 }
    }

    @Test(arguments: encodings) func onePixelFollowsTheRecommendation(_ encoding: YUVEncoding) throws {
        for y in stride(from: UInt8(0), through: 250, by: 25) {
            for u in stride(from: UInt8(0), through: 240, by: 48) {
                for v in stride(from: UInt8(0), through: 240, by: 48) {
                    let image = try Image(i420: [y, u, v], width: 1, height: 1, encoding: encoding)
                    #expect(isClose(image, expected(y, u, v, encoding)), "\(y) \(u) \(v)")
                }
            }
        }
    }

    /// 3×3, so that the last column and row have colours of their own.
    @Test func theThreeLayoutsGiveTheSamePicture() throws {
        let luma: [UInt8] = [20, 60, 100, 140, 180, 220, 30, 90, 150]
        let (blue, red): ([UInt8], [UInt8]) = ([90, 140, 200, 60], [210, 120, 70, 160])
        let encoding = YUVEncoding(.bt709)
        let wanted = (0..<9).flatMap { index -> [UInt8] in
            let chroma = index / 3 / 2 * 2 + index % 3 / 2
            return expected(luma[index], blue[chroma], red[chroma], encoding)
        }
        let planar = try Image(i420: luma + blue + red, width: 3, height: 3, encoding: encoding)
        #expect(isClose(planar, wanted))
        let pairs = zip(blue, red).flatMap { [$0, $1] }
        let padded = stride(from: 0, to: 9, by: 3).flatMap { luma[$0..<($0 + 3)] + [7] } + pairs
        #expect(try Image(nv12: padded, width: 3, height: 3, bytesPerRow: 4, encoding: encoding) == planar)
        let rows = stride(from: 0, to: 9, by: 3).flatMap { row -> [UInt8] in
            let chroma = row / 3 / 2 * 2
            let first = [luma[row], blue[chroma], luma[row + 1], red[chroma]]
            return first + [luma[row + 2], blue[chroma + 1], 0, red[chroma + 1]]
        }
        #expect(try Image(yuyv: rows, width: 3, height: 3, encoding: encoding) == planar)
    }

    @Test func sizesThatCannotBeAreErrorsWithTheirValues() {
        #expect(throws: ImageLayoutError.noPixels(width: 0, height: 4)) {
            try Image(i420: [1, 2, 3], width: 0, height: 4)
        }
        #expect(throws: ImageLayoutError.noPixels(width: -3, height: 4)) {
            try Image(yuyv: [1, 2, 3], width: -3, height: 4)
        }
        #expect(throws: ImageLayoutError.bufferTooShort(byteCount: 5, required: 6)) {
            try Image(i420: [1, 2, 3, 4, 5], width: 3, height: 2)
        }
        #expect(throws: ImageLayoutError.bufferTooShort(byteCount: 3, required: 4)) {
            try Image(nv12: [1, 2, 3, 4, 5, 6, 7, 8, 9], width: 3, height: 2)
        }
        #expect(throws: ImageLayoutError.bufferTooShort(byteCount: 7, required: 8)) {
            try Image(yuyv: [1, 2, 3, 4, 5, 6, 7], width: 2, height: 2)
        }
        #expect(throws: ImageLayoutError.rowTooShort(bytesPerRow: 2, required: 3)) {
            try Image(nv12: [1, 2, 3, 4, 5, 6, 7, 8, 9], width: 3, height: 2, bytesPerRow: 2)
        }
        #expect(throws: ImageLayoutError.sizeOverflow(width: .max, height: 2, bytesPerRow: .max)) {
            try Image(nv12: [1], width: .max, height: 2)
        }
    }
}
