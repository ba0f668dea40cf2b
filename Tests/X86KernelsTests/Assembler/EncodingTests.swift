@testable import X86Kernels
import TensorEngine
import TestSupport
import Testing

/// The integer and vector instructions byte for byte against GNU `as` (binutils 2.40).
@Suite struct EncodingTests {
    @Test(arguments: [("vex", Assembler.VectorEncoding.vex), ("evex", .evex)])
    func agreesWithGNUAssembler(_ name: String, _ encoding: Assembler.VectorEncoding) throws {
        let table = String(decoding: try Fixture.bytes("encodings_\(name).txt"), as: UTF8.self)
        var expected: [String: String] = [:]
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            expected[String(parts[1])] = String(parts[0])
        }
        let lines = EncodingListing.lines(encoding)
        #expect(expected.count == Set(lines.map(\.text)).count)
        for line in lines {
            var assembler = Assembler(encoding)
            line.write(&assembler)
            let bytes = assembler.code.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
            #expect(bytes == expected[line.text], "\(line.text)")
        }
    }

    /// Writes the listings for `make_encodings.sh` when asked to.
    @Test(.enabled(if: EncodingOutput.folder != nil)) func writesTheListings() throws {
        let folder = try #require(EncodingOutput.folder)
        for (name, encoding) in [("vex", Assembler.VectorEncoding.vex), ("evex", .evex)] {
            let text = Set(EncodingListing.lines(encoding).map(\.text)).sorted().joined(separator: "\n") + "\n"
            try EncodingOutput.write(text, to: "\(folder)/encodings_\(name).s")
        }
        #expect(EncodingListing.lines(.vex).count > 100)
    }

    @Test func aJumpBackIsShortOrNearAsNeeded() {
        var short = Assembler(.vex)
        let start = short.here
        short.decrement(.rax)
        short.jump(if: .notZero, to: start)
        #expect(short.code == [0x48, 0xFF, 0xC8, 0x75, 0xFB])
        var near = Assembler(.vex)
        let top = near.here
        for _ in 0..<50 { near.decrement(.rax) }
        near.jump(if: .below, to: top)
        #expect(near.code.suffix(6) == [0x0F, 0x82, 0x64, 0xFF, 0xFF, 0xFF])
    }
}
