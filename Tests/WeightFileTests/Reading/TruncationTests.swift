import TensorEngine
import TestSupport
import Testing

@testable import WeightFile

/// Files cut short, as a broken download leaves them.
@Suite struct TruncationTests {
    private static let step = 4_096

    @Test func refusesAFileCutAtAnyPage() throws {
        var writer = WeightWriter(metadata: ["version": "1"])
        for index in 0..<4 {
            let tensor = Tensor(repeating: Float(index), shape: [20_000])
            writer.add(tensor, named: "t.\(index)", as: index.isMultiple(of: 2) ? .float16 : .float32)
        }
        let source = TemporaryFile()
        try writer.write(to: source.path)
        let byteCount = try #require(TemporaryFile.byteCount(at: source.path))
        #expect(byteCount > 200_000)
        #expect(refusals(of: source, byteCount: byteCount) == (byteCount - 1) / Self.step + 1)
    }

    @Test func refusesAFileCutAtAnyByteOfItsHeader() throws {
        let bytes = try Fixture.bytes("reference.safetensors")
        let source = TemporaryFile(bytes)
        for byteCount in (0..<bytes.count).reversed() {
            source.shorten(to: byteCount)
            #expect(throws: WeightError.self) { try WeightReader(contentsOf: source.path) }
        }
    }

    // Each of the 4,000 beginnings has its whole header parsed: a minute without optimisation.
    @Test(
        .enabled(if: TestBuild.isRelease(for: "Truncated bundled weights")),
        arguments: ["efficientnet_b2_fer2013", "mtcnn"])
    func refusesBundledWeightsCutAtAnyPage(name: String) throws {
        let bytes = try Fixture.bytes("../../../Weights/\(name).safetensors")
        let source = TemporaryFile(bytes)
        #expect(throws: Never.self) { try WeightReader(contentsOf: source.path) }
        #expect(refusals(of: source, byteCount: bytes.count) == (bytes.count - 1) / Self.step + 1)
    }

    /// How many of the beginnings of `source`, a whole number of pages long, opening refuses.
    private func refusals(of source: TemporaryFile, byteCount: Int) -> Int {
        var refusals = 0
        for length in stride(from: (byteCount - 1) / Self.step * Self.step, through: 0, by: -Self.step) {
            source.shorten(to: length)
            do {
                _ = try WeightReader(contentsOf: source.path)
            } catch {
                refusals += 1
            }
        }
        return refusals
    }
}
