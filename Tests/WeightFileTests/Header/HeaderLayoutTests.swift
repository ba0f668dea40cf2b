import TensorEngine
import TestSupport
import Testing

@testable import WeightFile

/// Headers that are good JSON and describe tensors that cannot be.
@Suite struct HeaderLayoutTests {
    @Test(arguments: HeaderAttack.entries + HeaderAttack.limits + HeaderAttack.layouts)
    func refuses(attack: HeaderAttack) {
        #expect(throws: attack.error) {
            try Header(parsing: attack.text, payloadByteCount: attack.payloadByteCount, path: "w")
        }
    }

    @Test func acceptsAsManyTensorsAndDimensionsAsTheLimitsAllow() throws {
        let text =
            "{"
            + (0..<4_096).map { entry("t\($0)", shape: "[0,1,1,1,1,1,1,1]", offsets: "[0,0]") }
            .joined(separator: ",") + "}"
        let header = try Header(parsing: Array(text.utf8), payloadByteCount: 0, path: "w")
        #expect(header.tensors.count == 4_096)
    }

    @Test func acceptsTensorsInAnyOrderAndEmptyOnesBetweenThem() throws {
        let text =
            "{" + entry("c", "F16", shape: "[3]", offsets: "[4,10]") + ","
            + entry("empty", shape: "[5,0]", offsets: "[4,4]") + "," + entry("a", shape: "[]", offsets: "[0,4]") + "}"
        let header = try Header(parsing: Array(text.utf8), payloadByteCount: 10, path: "w")
        #expect(header.tensors["c"]?.span == 4..<10)
    }

    /// Seeded damage to a good header: refused, or still a layout that fills the payload exactly.
    @Test func neverAcceptsALayoutThatDoesNotFillThePayload() {
        let text =
            "{\"__metadata__\":{\"k\":\"v\\u00e9\"}," + entry("a", "F16", shape: "[2,3]", offsets: "[0,12]") + ","
            + entry("b", shape: "[2]", offsets: "[12,20]") + "} "
        let alphabet = Array("{}[]\",:\\u0123456789 -eF\u{0}\u{80}".utf8)
        var generator = SeededGenerator(seed: 7)
        var accepted = 0
        for _ in 0..<3_000 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] =
                    alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            guard let header = try? Header(parsing: bytes, payloadByteCount: 20, path: "w") else { continue }
            accepted += 1
            let spans = header.tensors.values.map(\.span).sorted { $0.lowerBound < $1.lowerBound }
            let sums = header.tensors.values.map { $0.shape.count * $0.type.byteCount }
            #expect(sums.reduce(0, +) == 20 && spans.last?.upperBound == 20)
        }
        // Damage inside of a name or a metadata string leaves a good header; most other damage does not.
        #expect((1..<1_500).contains(accepted))
    }

    private func entry(_ name: String, _ type: String = "F32", shape: String, offsets: String) -> String {
        HeaderAttack.entry(name, type, shape: shape, offsets: offsets)
    }
}
