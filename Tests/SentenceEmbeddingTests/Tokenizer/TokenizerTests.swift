import ModelWeights
import TestSupport
import Testing
import WeightFile

@testable import SentenceEmbedding

/// Compared with the `tokenizers` package; see `Weights/Conversion/fixtures_sentences.py`.
@Suite struct TokenizerTests {
    private static let reference = Result { try OddTexts.read() }

    private func tokenizer(_ pieces: [String]) throws -> WordPieceTokenizer {
        WordPieceTokenizer(try Vocabulary(lines: Array(pieces.joined(separator: "\n").utf8)))
    }

    /// Where numbers differ, the text and both.
    private func differences(
        _ tokenizer: WordPieceTokenizer, _ texts: [String], _ expected: [[Int32]]
    ) -> [String] {
        zip(texts, expected).compactMap { text, expected in
            let found = tokenizer.numbers(of: text, atMost: 256)
            return found == expected ? nil : "\(text.debugDescription): \(found) for \(expected)"
        }
    }

    @Test func aThousandOddTextsHaveTheReferencesNumbers() throws {
        let reference = try Self.reference.get()
        #expect(reference.texts.count >= 1_000)
        let tokenizer = try tokenizer(reference.vocabulary)
        #expect(differences(tokenizer, reference.texts, reference.small) == [])
        // Of a vocabulary as small as this much is unknown; enough must be known for the comparison to mean something.
        let known = reference.small.joined().count { $0 > 4 }
        #expect(known > 4_000)
    }

    @Test func bytesThatAreNoTextHaveTheReferencesNumbers() throws {
        let reference = try Self.reference.get()
        #expect(try differences(tokenizer(reference.vocabulary), reference.brokenTexts, reference.smallBytes) == [])
    }

    @Test func theModelsVocabularyGivesTheReferencesNumbers() throws {
        guard let path = SentenceEmbedder.path() else {
            return print("skipped: \(SentenceEmbedder.file) is absent; make text-model makes it")
        }
        let reference = try Self.reference.get()
        let tokenizer = try SentenceEmbedder(contentsOf: path).tokenizer
        #expect(tokenizer.vocabulary.count == 30_522)
        #expect(differences(tokenizer, reference.texts, reference.model) == [])
        #expect(differences(tokenizer, reference.brokenTexts, reference.modelBytes) == [])
    }

    /// Code point by code point, all of Unicode.
    @Test func everyCodePointIsOfTheReferencesClass() throws {
        let classes: CodePointClasses = try Fixture.json("classes.json")
        func runs(_ belongs: (Unicode.Scalar) -> Bool) -> [[UInt32]] {
            var runs: [[UInt32]] = []
            var last: UInt32?
            for code in UInt32(0)..<0x11_0000 {
                guard let scalar = Unicode.Scalar(code) else { continue }
                guard belongs(scalar) else { continue }
                if let last, last + 1 == code {
                    runs[runs.count - 1][1] = code
                } else {
                    runs.append([code, code])
                }
                last = code
            }
            return runs
        }
        #expect(runs(\.isDropped) == classes.dropped)
        #expect(runs { !$0.isDropped && $0.isSeparator } == classes.separators)
        #expect(runs(\.isIdeograph) == classes.ideographs)
        #expect(runs(\.isPunctuationMark) == classes.punctuation)
        #expect(runs(\.isAccent) == classes.accents)

        var (changed, sum): (Int, UInt64) = (0, 0)
        for code in UInt32(0)..<0x11_0000 where !(0xAC00...0xD7A3).contains(code) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            var rest: [Unicode.Scalar] = []
            CanonicalDecompositions.forEach(of: scalar) { rest += $0.properties.lowercaseMapping.unicodeScalars }
            guard !rest.isEmpty, rest != [scalar] else { continue }
            changed += 1
            for (place, letter) in rest.enumerated() {
                sum += UInt64(code) * UInt64(place + 1) * UInt64(letter.value) % 1_000_003
            }
        }
        #expect(changed == classes.changed)
        #expect(sum == classes.sum)
    }

    @Test func whatIsBehindTheLimitIsCutOff() throws {
        let tokenizer = try tokenizer(["[UNK]", "[CLS]", "[SEP]", "a", "##b"])
        #expect(tokenizer.numbers(of: "a ab a", atMost: 9) == [1, 3, 3, 4, 3, 2])
        #expect(tokenizer.numbers(of: "a ab a", atMost: 6) == [1, 3, 3, 4, 3, 2])
        #expect(tokenizer.numbers(of: "a ab a", atMost: 5) == [1, 3, 3, 4, 2])
        #expect(tokenizer.numbers(of: "a ab a", atMost: 4) == [1, 3, 3, 2])
        #expect(tokenizer.numbers(of: "a ab a", atMost: 2) == [1, 2])
    }

    /// Whoever writes a text cannot end it for the model.
    @Test func specialPiecesInATextAreWords() throws {
        let tokenizer = try tokenizer(["[UNK]", "[CLS]", "[SEP]", "[", "]", "sep"])
        #expect(tokenizer.numbers(of: "[SEP]", atMost: 9) == [1, 3, 5, 4, 2])
    }

    @Test func aVocabularyThatIsNoneIsRefused() {
        func fault(_ lines: String) -> VocabularyError? {
            do throws(VocabularyError) {
                _ = try Vocabulary(lines: Array(lines.utf8))
                return nil
            } catch { return error }
        }
        #expect(fault("") == .missing("[UNK]"))
        #expect(fault("[UNK]\n[CLS]\na") == .missing("[SEP]"))
        #expect(fault("[UNK]\n[CLS]\n[SEP]\na\nb\na") == .twice("a"))
        #expect(fault("[UNK]\r\n[CLS]\r\n[SEP]\r\n") == nil)
        #expect(
            fault(String(repeating: "\n", count: Vocabulary.mostPieces + 5))
                == .tooMany(count: Vocabulary.mostPieces + 1, limit: Vocabulary.mostPieces))
    }

    /// A text of a single endless word, and one of nothing but accents, take no longer than their length.
    @Test(arguments: ["a", "\u{301}", "a ", "漢", ".", "İ"])
    func longTextsTakeLittleTime(part: String) throws {
        let tokenizer = try tokenizer(["[UNK]", "[CLS]", "[SEP]", "a", "##a"])
        let text = String(repeating: part, count: 100_000)
        var count = 0
        let time = ContinuousClock().measure { count = tokenizer.numbers(of: text, atMost: .max).count }
        #expect(count >= 2)
        #expect(time < .seconds(5))
    }
}

/// `tokens.json`.
private struct OddTexts: Decodable {
    let vocabulary: [String]
    let texts: [String]
    /// In hexadecimal.
    let bytes: [String]
    /// Numbers by the small vocabulary and by the model's, of the texts and of the bytes.
    let small: [[Int32]]
    let model: [[Int32]]
    let smallBytes: [[Int32]]
    let modelBytes: [[Int32]]

    enum CodingKeys: String, CodingKey {
        case vocabulary, texts, bytes, small, model
        case smallBytes = "small_bytes"
        case modelBytes = "model_bytes"
    }

    static func read() throws -> OddTexts { try Fixture.json("tokens.json") }

    var brokenTexts: [String] {
        bytes.map { digits in
            let pairs = stride(from: 0, to: digits.utf8.count, by: 2).compactMap { place in
                UInt8(digits.dropFirst(place).prefix(2), radix: 16)
            }
            return String(decoding: pairs, as: UTF8.self)
        }
    }
}

/// `classes.json`: first and last code point of each run.
private struct CodePointClasses: Decodable {
    let dropped: [[UInt32]]
    let separators: [[UInt32]]
    let ideographs: [[UInt32]]
    let accents: [[UInt32]]
    let punctuation: [[UInt32]]
    let changed: Int
    let sum: UInt64
}
