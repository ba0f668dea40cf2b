import TensorEngine
import Testing

@testable import WeightFile

/// Files read while their digest is still being computed.
@Suite struct ReadingBesideDigestTests {
    private static let refusal = WeightError.missingMetadata(path: "w", key: "body")

    @Test(arguments: [1, 2]) func givesWhatTheBodyMakesOfAWholeFile(threads: Int) throws {
        let source = TemporaryFile(try encoded())
        let values = try WeightReader.read(source.path, sharedBy: WorkerPool(threads: threads)) {
            (file) throws(WeightError) in try file.root.tensor("a", shape: [2]).scalars
        }
        #expect(values == [1, 2])
    }

    @Test(arguments: [1, 2]) func throwsWhatTheBodyThrows(threads: Int) throws {
        let source = TemporaryFile(try encoded())
        #expect(throws: Self.refusal) {
            try WeightReader.read(source.path, sharedBy: WorkerPool(threads: threads)) { (_) throws(WeightError) in
                throw Self.refusal
            }
        }
    }

    @Test(arguments: [1, 2], [false, true]) func aWrongDigestComesFirst(threads: Int, bodyFails: Bool) throws {
        var bytes = try encoded()
        let expected = try #require(bytes.suffix(8).withUnsafeBytes(PayloadDigest.hexadecimal))
        bytes[bytes.count - 1] ^= 1
        let actual = try #require(bytes.suffix(8).withUnsafeBytes(PayloadDigest.hexadecimal))
        let source = TemporaryFile(bytes)
        #expect(throws: WeightError.digestMismatch(path: source.path, expected: expected, actual: actual)) {
            try WeightReader.read(source.path, sharedBy: WorkerPool(threads: threads)) { (_) throws(WeightError) in
                if bodyFails { throw Self.refusal }
            }
        }
    }

    @Test func aFileThatIsNoneIsNotShownToTheBody() {
        #expect(throws: WeightError.cannotOpen(path: "/tmp/no/such/weights", errno: 2)) {
            try WeightReader.read("/tmp/no/such/weights", sharedBy: .shared) { (_) throws(WeightError) in
                Issue.record("the body was called")
            }
        }
    }

    private func encoded() throws -> [UInt8] {
        var writer = WeightWriter()
        writer.add(Tensor([1, 2], shape: [2]), named: "a", as: .float32)
        return try writer.encoded(path: "w")
    }
}
