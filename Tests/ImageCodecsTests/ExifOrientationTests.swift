import Imaging
import Testing

@testable import ImageCodecs

@Suite struct ExifOrientationTests {
    private func orientation(_ bytes: [UInt8]) -> Orientation? { bytes.withUnsafeBytes(ExifOrientation.read(tiff:)) }

    /// One directory of one entry.
    private func tiff(tag: UInt8 = 0x12, type: UInt8 = 3, count: UInt8 = 1, value: UInt8) -> [UInt8] {
        [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 1, tag, 0, type, 0, 0, 0, count, 0, value, 0, 0, 0, 0, 0, 0]
    }

    @Test func bothByteOrdersAreRead() {
        let little: [UInt8] = [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 8, 0, 0, 0]
        #expect(orientation(little) == .left)
        #expect(orientation(tiff(value: 6)) == .right)
    }

    @Test func brokenBlocksCountAsNone() {
        #expect(orientation(tiff(value: 0)) == nil)
        #expect(orientation(tiff(value: 9)) == nil)
        #expect(orientation(tiff(tag: 0x13, value: 6)) == nil)
        #expect(orientation(tiff(type: 4, value: 6)) == nil)
        #expect(orientation(tiff(count: 2, value: 6)) == nil)
        let whole = tiff(value: 6)
        for count in 0..<20 { #expect(orientation(Array(whole[..<count])) == nil) }
        var far = whole
        far.replaceSubrange(4..<8, with: [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(orientation(far) == nil)
        var many = whole
        many.replaceSubrange(8..<12, with: [0xFF, 0xFF, 1, 0x13])
        #expect(orientation(many) == nil)
    }
}
