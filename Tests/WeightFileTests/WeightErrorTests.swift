import TensorEngine
import Testing

@testable import WeightFile

@Suite struct WeightErrorTests {
    @Test(arguments: [
        (
            WeightError.shapeMismatch(path: "w", name: "head.weight", expected: [7, 1408], actual: [7, 3]),
            "w: tensor \"head.weight\" has shape [7, 3], not [7, 1408]"
        ),
        (
            .unexpectedByte(path: "w", offset: 4, expected: "\":\"", found: UInt8(ascii: "{")),
            "w: header byte 4: \":\" expected, \"{\" found"
        ),
        (
            .unexpectedByte(path: "w", offset: 9, expected: "string", found: nil),
            "w: header byte 9: string expected, end found"
        ),
        (
            .surplusTensors(path: "w", names: (0..<9).map { "t\($0)" }),
            #"w: 9 tensors that nothing reads: "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", …"#
        ),
    ])
    func saysWhatDisagrees(error: WeightError, description: String) {
        #expect(error.description == description)
    }

    /// A key comes from a foreign file: it must not move a terminal's cursor.
    @Test func escapesControlCharactersOfForeignText() {
        let error = WeightError.duplicateKey(path: "w", offset: 1, key: "a\n\u{1B}[2J")
        #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }
}
