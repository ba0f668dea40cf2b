import SentenceEmbedding

/// Texts of any bytes, with a vocabulary that is the input's lines up to the first empty one, and with a fixed one.
enum TokenizerTarget {
    private static let fixed: WordPieceTokenizer? = tokenizer(
        Array("[UNK]\n[CLS]\n[SEP]\na\nb\nab\n##a\n##ab\n.\n漢\n가\n1\n##1\ne\n##e".utf8))

    static func run(_ input: [UInt8]) {
        let end = input.indices.dropLast().first {
            input[$0] == UInt8(ascii: "\n") && input[$0 + 1] == UInt8(ascii: "\n")
        }
        let text = String(decoding: input[(end.map { $0 + 2 } ?? 0)...], as: UTF8.self)
        if let fixed { check(fixed, text, limit: 256) }
        guard let end, let own = tokenizer(Array(input[..<end])) else { return }
        check(own, text, limit: 2 + (input.count & 63))
    }

    private static func tokenizer(_ lines: [UInt8]) -> WordPieceTokenizer? {
        try? WordPieceTokenizer(vocabulary: lines)
    }

    private static func check(_ tokenizer: WordPieceTokenizer, _ text: String, limit: Int) {
        let numbers = tokenizer.numbers(of: text, atMost: limit)
        precondition((2...limit).contains(numbers.count), "\(numbers.count) numbers of at most \(limit)")
        precondition(numbers.allSatisfy { (0..<tokenizer.count).contains(Int($0)) }, "a number of no piece")
        let all = tokenizer.numbers(of: text, atMost: .max)
        precondition(numbers.dropLast() == all.prefix(numbers.count - 1), "another beginning than without a limit")
        precondition(numbers.count == limit || numbers == all, "cut off before the limit")
    }
}
