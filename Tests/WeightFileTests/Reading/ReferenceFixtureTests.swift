import TensorEngine
import TestSupport
import Testing

@testable import WeightFile

/// The file that `Weights/Conversion/make_weightfile_fixture.py` wrote with the safetensors library.
@Suite struct ReferenceFixtureTests {
    static let path = Fixture.path("reference.safetensors")

    @Test func readsEveryTensorOfTheSafetensorsLibrary() throws {
        let file = try WeightReader(contentsOf: Self.path)
        let stem = file.root.child("stem").child("conv")
        #expect(try stem.tensor("weight", shape: [4, 2, 3, 3]).scalars == ramp(72, step: 0.125))
        #expect(try stem.tensor("bias", shape: [3]).scalars == [-0x1p-24, 0, 0x1p-24])
        #expect(try file.root.tensor("head.weight", shape: [2, 5]).scalars == ramp(10, step: 0.1))
        #expect(try file.root.tensor("head.bias", shape: [2]).scalars == ramp(2, step: 1e-3))
        #expect(try file.root.tensor("temperature", shape: []).scalars == [1.5])
        #expect(try file.root.tensor("none", shape: [0, 4]).scalars == [])
        try file.requireEverythingRead()
    }

    @Test func readsMetadataWithEscapesAndOtherScripts() throws {
        let file = try WeightReader(contentsOf: Self.path)
        #expect(try file.value("labels") == "colère, \"joie\"\n😀")
        #expect(file.metadata.keys.sorted() == ["labels", "sha256", "version"])
    }

    /// step · (index − count / 2), rounded once to `Float` as the script's `astype` does.
    private func ramp(_ count: Int, step: Double) -> [Float] {
        (0..<count).map { Float(step * Double($0 - count / 2)) }
    }
}
