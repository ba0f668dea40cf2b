import Imaging
import Testing

@Suite struct BufferTests {
    /// 2×2: red, green / blue, (1, 2, 3).
    private let expected = Image(width: 2, height: 2, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3])

    @Test func everyChannelOrderGivesTheSamePicture() throws {
        let rgb: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3]
        let bgr: [UInt8] = [0, 0, 255, 0, 255, 0, 255, 0, 0, 3, 2, 1]
        let rgba: [UInt8] = [255, 0, 0, 9, 0, 255, 0, 8, 0, 0, 255, 7, 1, 2, 3, 6]
        let bgra: [UInt8] = [0, 0, 255, 9, 0, 255, 0, 8, 255, 0, 0, 7, 3, 2, 1, 6]
        #expect(try Image(rgb: rgb, width: 2, height: 2) == expected)
        #expect(try Image(bgr: bgr, width: 2, height: 2) == expected)
        #expect(try Image(rgba: rgba, width: 2, height: 2) == expected)
        #expect(try Image(bgra: bgra, width: 2, height: 2) == expected)
        #expect(try bgra.withUnsafeBytes { try Image(bgra: $0, width: 2, height: 2) } == expected)
        #expect(
            try Image(gray: [5, 6], width: 2, height: 1) == Image(width: 2, height: 1, pixels: [5, 5, 5, 6, 6, 6]))
    }

    @Test func paddingBetweenRowsIsSkippedAndTheLastRowNeedsNone() throws {
        let padded: [UInt8] = [0, 0, 255, 9, 0, 255, 0, 8, 77, 77, 255, 0, 0, 7, 3, 2, 1, 6]
        #expect(try Image(bgra: padded, width: 2, height: 2, bytesPerRow: 10) == expected)
    }

    @Test func foreignSizesThatCannotBeAreErrorsWithTheirValues() {
        let bytes = [UInt8](repeating: 0, count: 17)
        #expect(throws: ImageLayoutError.noPixels(width: 0, height: 0)) {
            try Image(rgb: bytes, width: 0, height: 0)
        }
        #expect(throws: ImageLayoutError.noPixels(width: 2, height: -1)) {
            try Image(rgb: bytes, width: 2, height: -1)
        }
        #expect(throws: ImageLayoutError.rowTooShort(bytesPerRow: 7, required: 8)) {
            try Image(bgra: bytes, width: 2, height: 2, bytesPerRow: 7)
        }
        #expect(throws: ImageLayoutError.rowTooShort(bytesPerRow: -8, required: 8)) {
            try Image(bgra: bytes, width: 2, height: 2, bytesPerRow: -8)
        }
        #expect(throws: ImageLayoutError.bufferTooShort(byteCount: 17, required: 18)) {
            try Image(bgra: bytes, width: 2, height: 2, bytesPerRow: 10)
        }
        #expect(throws: ImageLayoutError.bufferTooShort(byteCount: 0, required: 1)) {
            try Image(gray: [], width: 1, height: 1)
        }
        #expect(throws: ImageLayoutError.sizeOverflow(width: .max, height: 2, bytesPerRow: -4)) {
            try Image(rgba: bytes, width: .max, height: 2)
        }
        #expect(throws: ImageLayoutError.sizeOverflow(width: 1, height: 2, bytesPerRow: .max)) {
            try Image(gray: bytes, width: 1, height: 2, bytesPerRow: .max)
        }
    }
}
