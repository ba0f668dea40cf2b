import Testing

@testable import WeightFile

@Suite struct ForeignFileTests {
    private func kind(_ bytes: [UInt8]) -> String? { bytes.withUnsafeBytes(ForeignFile.kind) }

    /// A header of 640 bytes has a length that begins as a pickle does.
    @Test func neverTakesAWeightFileForAnother() {
        #expect(kind([0x80, 0x02, 0, 0, 0, 0, 0, 0] + Array("{\"".utf8)) == nil)
        #expect(kind([0x80, 0x02, 0, 0, 0, 0, 0, 0] + Array("}q".utf8)) != nil)
    }

    @Test func knowsNothingOfShortFiles() {
        #expect(kind([]) == nil)
        #expect(kind([0xFF, 0xD8]) == nil)
        #expect(kind([0xFF, 0xD8, 0xFF]) == "a JPEG picture")
    }

    @Test func theReaderSaysSo() throws {
        let file = TemporaryFile([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0])
        #expect(throws: WeightError.foreignFile(path: file.path, kind: "a PNG picture")) {
            try WeightReader(contentsOf: file.path)
        }
    }
}
