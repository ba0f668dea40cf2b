import TensorEngine
import TestSupport
import Testing

@testable import WeightFile

@Suite struct WeightWriterTests {
    @Test func whatIsWrittenIsReadBackUnchanged() throws {
        let single = Tensor.random([3, 5, 7], seed: 1)
        // Multiples of 1/1024 below 1 are halves.
        let half = Tensor((0..<60).map { Float($0 - 30) / 1024 }, shape: [4, 15])
        var writer = WeightWriter(metadata: ["labels": "a\"b\\c\u{1}é", "sha256": "replaced"])
        writer.add(half, named: "block.0.weight", as: .float16)
        writer.add(single, named: "block.0.bias", as: .float32)
        let target = TemporaryFile()
        try writer.write(to: target.path)

        let file = try WeightReader(contentsOf: target.path)
        let scope = file.root.child("block").child("0")
        #expect(try scope.tensor("weight", shape: [4, 15]).scalars == half.scalars)
        #expect(try scope.tensor("bias", shape: [3, 5, 7]).scalars == single.scalars)
        #expect(try file.value("labels") == "a\"b\\c\u{1}é")
        try file.requireEverythingRead()
    }

    @Test func replacesAnEarlierFileAndLeavesNothingBeside() throws {
        let target = TemporaryFile([1, 2, 3])
        try WeightWriter().write(to: target.path)
        #expect(try WeightReader(contentsOf: target.path).metadata.count == 1)
        #expect(TemporaryFile.byteCount(at: target.path + ".partial") == nil)
    }

    @Test func beginsThePayloadOnACacheLine() throws {
        for length in 0..<70 {
            var writer = WeightWriter(metadata: ["padding": String(repeating: "x", count: length)])
            writer.add(Tensor([1], shape: [1]), named: "a", as: .float32)
            let bytes = try writer.encoded(path: "w")
            #expect((bytes.count - 4).isMultiple(of: 64))
            #expect(bytes[bytes.count - 5] == UInt8(ascii: " ") || bytes[bytes.count - 5] == UInt8(ascii: "}"))
        }
    }

    @Test func laysTensorsOutAsTheSafetensorsLibrary() throws {
        let reference = try Fixture.bytes("reference.safetensors")
        let source = try WeightReader(contentsOf: ReferenceFixtureTests.path)
        var writer = WeightWriter(metadata: source.metadata)
        let tensors: [(String, Shape, ElementType)] = [
            ("none", [0, 4], .float16), ("temperature", [], .float32), ("stem.conv.weight", [4, 2, 3, 3], .float16),
            ("head.bias", [2], .float32), ("stem.conv.bias", [3], .float16), ("head.weight", [2, 5], .float32),
        ]
        for (name, shape, type) in tensors {
            writer.add(try source.root.tensor(name, shape: shape), named: name, as: type)
        }
        let written = try writer.encoded(path: "w")
        let (expectedHeader, expectedPayload) = try parts(of: reference)
        let (header, payload) = try parts(of: written)
        #expect(payload == expectedPayload)
        #expect(header == expectedHeader)
    }

    @Test func refusesElementsThatTheTypeCannotHold() {
        var writer = WeightWriter()
        writer.add(Tensor([1, 65_520], shape: [2]), named: "large", as: .float32)
        #expect(throws: Never.self) { try writer.encoded(path: "w") }
        writer.add(Tensor([1, 65_520], shape: [2]), named: "large.half", as: .float16)
        #expect(throws: WeightError.nonFiniteValue(path: "w", name: "large.half", index: 1)) {
            try writer.encoded(path: "w")
        }
        var single = WeightWriter()
        single.add(Tensor([.nan], shape: [1]), named: "nan", as: .float32)
        #expect(throws: WeightError.nonFiniteValue(path: "w", name: "nan", index: 0)) {
            try single.encoded(path: "w")
        }
    }

    @Test func refusesToWriteWhatTheReaderRefuses() {
        let scalar = Tensor([1], shape: [])
        var twice = WeightWriter()
        twice.add(scalar, named: "a", as: .float32)
        twice.add(scalar, named: "a", as: .float32)
        #expect(throws: WeightError.duplicateKey(path: "w", offset: 146, key: "a")) { try twice.encoded(path: "w") }

        var deep = WeightWriter()
        deep.add(Tensor([1], shape: [1, 1, 1, 1, 1, 1, 1, 1, 1]), named: "deep", as: .float32)
        #expect(throws: WeightError.rankTooLarge(path: "w", name: "deep", rank: 9, limit: 8)) {
            try deep.encoded(path: "w")
        }

        let wordy = WeightWriter(metadata: ["x": String(repeating: " ", count: 1 << 20)])
        #expect(throws: WeightError.headerTooLong(path: "w", byteCount: 1_048_696, limit: 1 << 20)) {
            try wordy.encoded(path: "w")
        }
    }

    @Test func namesThePathThatCannotBeWritten() {
        #expect(throws: WeightError.cannotWrite(path: "/tmp/no/such/directory/w", errno: 2)) {
            try WeightWriter().write(to: "/tmp/no/such/directory/w")
        }
    }

    private func parts(of file: [UInt8]) throws -> (header: Header, payload: [UInt8]) {
        let length = file[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        let payload = Array(file[(8 + length)...])
        let header = try Header(parsing: Array(file[8..<(8 + length)]), payloadByteCount: payload.count, path: "w")
        return (header, payload)
    }
}
