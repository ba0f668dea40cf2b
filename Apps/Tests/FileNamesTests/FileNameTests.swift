import FileNames
import Testing

@Suite struct FileNameTests {
    @Test(
        arguments: [
            [], Array("photo.jpg".utf8), Array("Zoë 日本 🙂".utf8), [0xFF], [0x61, 0xE9, 0x62], [0xC3], [0xE2, 0x82],
            // U+10FF80 in UTF-8, which stands for a byte itself; overlong, surrogate, and beyond Unicode.
            [0xF4, 0x8F, 0xBE, 0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
            Array(0x80...0xFF),
        ] as [[UInt8]])
    func givesEveryByteBack(bytes: [UInt8]) {
        let text = FileName.text(bytes)
        #expect(FileName.bytes(text) == bytes)
        let read = FileName.withBytes(text) { start in
            (0..<bytes.count).map { UInt8(bitPattern: start[$0]) } + [UInt8(bitPattern: start[bytes.count])]
        }
        #expect(read == bytes + [0])
    }

    @Test func everyNameHasATextOfItsOwn() {
        #expect(FileName.text([0x80]) != FileName.text([0xF4, 0x8F, 0xBE, 0x80]))
    }

    @Test(arguments: [
        (Array("Zoë 日本.jpg".utf8), "Zoë 日本.jpg"), ([0x61, 0xE9, 0x2E, 0x6A], "a\\xE9.j"),
        (Array("a\u{1B}[2Jb\nc".utf8), "a\\x1B[2Jb\\nc"), (Array("gpj.\u{202E}x".utf8), "gpj.\\u{202E}x"),
    ])
    func showsNothingThatATerminalObeys(bytes: [UInt8], shown: String) {
        #expect(FileName.shown(FileName.text(bytes)) == shown)
    }

    @Test func quotesForAShell() {
        #expect(FileName.quoted("a/b-1.png") == "a/b-1.png")
        #expect(FileName.quoted("my photo's.png") == "'my photo'\\''s.png'")
    }

    @Test func saysWhatToDoAboutAnError() {
        #expect(SystemReason.words(2) == "there is no such file or folder")
        #expect(!SystemReason.words(1234).isEmpty)
    }
}
