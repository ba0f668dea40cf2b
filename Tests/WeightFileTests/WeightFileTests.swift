import TensorEngine
import TestSupport
import Testing

@testable import WeightFile

/// What opening and reading a whole file refuses.
@Suite struct WeightFileTests {
    @Test func refusesWhatIsNoFile() {
        #expect(throws: WeightError.cannotOpen(path: "/tmp/no/such/weights", errno: 2)) {
            try WeightReader(contentsOf: "/tmp/no/such/weights")
        }
        #expect(throws: WeightError.notARegularFile(path: "/tmp")) { try WeightReader(contentsOf: "/tmp") }
        #expect(throws: WeightError.notARegularFile(path: "/dev/null")) { try WeightReader(contentsOf: "/dev/null") }
    }

    @Test(arguments: 0..<8)
    func refusesAFileWithoutALength(byteCount: Int) {
        refuse([UInt8](repeating: 0, count: byteCount)) { .tooShort(path: $0, byteCount: byteCount) }
    }

    @Test func refusesALengthThatOverflows() {
        refuse([UInt8](repeating: 0xFF, count: 8) + Array("{}".utf8)) {
            .headerTooLong(path: $0, byteCount: .max, limit: 1 << 20)
        }
    }

    @Test func refusesAHeaderLongerThanTheLimitEvenWhereTheFileHoldsIt() {
        refuse(length(1_048_577) + [UInt8](repeating: 0x20, count: 1_048_577)) {
            .headerTooLong(path: $0, byteCount: 1_048_577, limit: 1 << 20)
        }
    }

    @Test func refusesAHeaderLongerThanTheFile() {
        refuse(length(3) + Array("{}".utf8)) {
            .headerBeyondFile(path: $0, headerByteCount: 3, fileByteCount: 10)
        }
    }

    @Test func refusesAFileWithoutADigest() {
        refuse(length(2) + Array("{}".utf8)) { .missingDigest(path: $0) }
    }

    @Test(arguments: ["", "E3B0", String(repeating: "G", count: 64), String(repeating: "A", count: 64)])
    func refusesADigestThatIsNotSixtyFourLowerCaseDigits(digest: String) {
        let header = Array("{\"__metadata__\":{\"sha256\":\"\(digest)\"}}".utf8)
        refuse(length(header.count) + header) { .invalidMetadata(path: $0, key: "sha256", value: digest) }
    }

    /// The digest of nothing, as FIPS 180-4's examples give it.
    @Test func acceptsTheDigestOfAnEmptyPayload() throws {
        let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        let header = Array("{\"__metadata__\":{\"sha256\":\"\(digest)\"}}".utf8)
        let source = TemporaryFile(length(header.count) + header)
        try WeightReader(contentsOf: source.path).requireEverythingRead()
    }

    @Test func refusesAPayloadWithOneBitChanged() throws {
        var writer = WeightWriter()
        writer.add(Tensor([1, 2], shape: [2]), named: "a", as: .float32)
        var bytes = try writer.encoded(path: "w")
        let expected = try #require(bytes.suffix(8).withUnsafeBytes(PayloadDigest.hexadecimal))
        bytes[bytes.count - 1] ^= 1
        let actual = try #require(bytes.suffix(8).withUnsafeBytes(PayloadDigest.hexadecimal))
        refuse(bytes) { .digestMismatch(path: $0, expected: expected, actual: actual) }
    }

    @Test func refusesNonFiniteElementsOnReading() throws {
        // The writer refuses to write it, so the element becomes infinite behind its back.
        var writer = WeightWriter()
        writer.add(Tensor((0..<9).map(Float.init), shape: [3, 3]), named: "block.weight", as: .float16)
        var bytes = try writer.encoded(path: "w")
        let intact = try #require(bytes.suffix(18).withUnsafeBytes(PayloadDigest.hexadecimal))
        bytes.replaceSubrange((bytes.count - 6)..<(bytes.count - 4), with: [0x00, 0x7C])
        let damaged = try #require(bytes.suffix(18).withUnsafeBytes(PayloadDigest.hexadecimal))
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: intact.utf8) })
        bytes.replaceSubrange(place..<(place + 64), with: damaged.utf8)
        let source = TemporaryFile(bytes)
        let file = try WeightReader(contentsOf: source.path)
        #expect(throws: WeightError.nonFiniteValue(path: source.path, name: "block.weight", index: 6)) {
            try file.root.child("block").tensor("weight", shape: [3, 3])
        }
        #expect(throws: WeightError.surplusTensors(path: source.path, names: ["block.weight"])) {
            try file.requireEverythingRead()
        }
    }

    @Test func namesTheMetadataThatIsMissing() throws {
        let file = try WeightReader(contentsOf: ReferenceFixtureTests.path)
        #expect(try file.value("version") == "1")
        #expect(throws: WeightError.missingMetadata(path: ReferenceFixtureTests.path, key: "licence")) {
            try file.value("licence")
        }
    }

    private func length(_ byteCount: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt64(byteCount).littleEndian, Array.init)
    }

    private func refuse(_ bytes: [UInt8], with error: (_ path: String) -> WeightError) {
        let source = TemporaryFile(bytes)
        #expect(throws: error(source.path)) { try WeightReader(contentsOf: source.path) }
    }
}
