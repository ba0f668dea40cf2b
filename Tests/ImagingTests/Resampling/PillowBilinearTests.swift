import Imaging
import PlaneGeometry
import TestSupport
import Testing

/// References: Weights/Conversion/make_imaging_fixtures.py, Pillow 13.0.0.
@Suite struct PillowBilinearTests {
    @Test func equalsPillowInEveryByte() throws {
        let bytes = try Fixture.bytes("pillow_resize.bin")
        var offset = 0
        var seed: UInt64 = 0
        while offset < bytes.count {
            let numbers = (0..<4).map { index in
                (0..<4).reduce(0) { $0 | Int(bytes[offset + index * 4 + $1]) << ($1 * 8) }
            }
            let after = Size(height: numbers[3], width: numbers[2])
            let expected = bytes[(offset + 16)..<(offset + 16 + after.area * 3)]
            let image = Image.noise(width: numbers[0], height: numbers[1], seed: seed)
            let differing = zip(image.resized(to: after).pixels, expected).filter { $0 != $1 }.count
            #expect(differing == 0, "\(image.size) to \(after)")
            offset += 16 + after.area * 3
            seed += 1
        }
        #expect(seed == 12)
    }

    struct LargeResize: Decodable {
        let seed: UInt64
        let before: [Int]
        let after: [Int]
        let crc32: UInt32
    }

    @Test func equalsPillowAtTheSizesOfFacesAndFrames() throws {
        guard TestBuild.isRelease(for: "PillowBilinearTests, large sizes") else { return }
        let cases: [LargeResize] = try Fixture.json("pillow_resize_large.json")
        for expected in cases {
            let image = Image.noise(width: expected.before[0], height: expected.before[1], seed: expected.seed)
            let resized = image.resized(to: Size(height: expected.after[1], width: expected.after[0]))
            #expect(Checksum.crc32(resized.pixels) == expected.crc32, "\(expected.before) to \(expected.after)")
        }
        #expect(cases.count == 8)
    }

    @Test func aRegionGivesTheSameAsCroppingFirst() {
        let image = Image.noise(width: 41, height: 37, seed: 3)
        for (rect, size) in [
            (Rect(x: 5, y: 7, width: 20, height: 11), Size(height: 9, width: 13)),
            (Rect(x: 5, y: 7, width: 13, height: 25), Size(height: 9, width: 13)),
            (Rect(x: 3, y: 7, width: 22, height: 9), Size(height: 9, width: 13)),
            (Rect(x: 3, y: 7, width: 13, height: 9), Size(height: 9, width: 13)),
            (Rect(x: 38, y: 30, width: 90, height: 90), Size(height: 26, width: 26)),
        ] {
            #expect(image.resized(from: rect, to: size) == image.cropped(to: rect).resized(to: size))
        }
    }

    @Test func aPlainPictureStaysPlain() {
        for level: UInt8 in [0, 1, 127, 255] {
            let color = Color(red: level, green: 255 - level, blue: level / 2)
            let resized = Image(width: 23, height: 17, filledWith: color).resized(to: Size(height: 5, width: 40))
            #expect(resized == Image(width: 40, height: 5, filledWith: color))
        }
    }
}
