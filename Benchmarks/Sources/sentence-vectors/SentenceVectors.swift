import SentenceEmbedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Does with sentences what another program tells it, so that `Benchmarks/Text/sentences.py` can compare.
///
/// A line `run TOKENS COUNT` on standard input is answered by `times` and, for each run, the seconds on the clock and those
/// of processor time; `vector TEXT` by `vector` and the numbers; `tokens TEXT` by `tokens` and the numbers. Anything else is
/// answered by `unknown`. The end of the input ends the program.
@main
struct SentenceVectors {
    private let embedder: SentenceEmbedder

    static func main() throws {
        let program = SentenceVectors(embedder: try SentenceEmbedder())
        program.send("ready \(WorkerPool.shared.threads)")
        while let line = readLine() { program.send(program.answer(to: line)) }
    }

    /// Another program waits for each line, and pipes are buffered.
    private func send(_ line: String) {
        print(line)
        fflush(nil)
    }

    private func answer(to line: String) -> String {
        let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        let text = parts.count > 1 ? String(parts[1]) : ""
        switch parts.first {
        case "vector": return Self.line("vector", embedder.vectors(of: [text])[0])
        case "tokens": return Self.line("tokens", embedder.tokenizer.numbers(of: text, atMost: embedder.longestInput))
        case "run":
            let numbers = text.split(separator: " ").compactMap { Int($0) }
            guard numbers.count == 2, numbers[0] > 2, numbers[1] > 0 else { break }
            return Self.line("times", times(tokens: numbers[0], count: numbers[1]))
        default: break
        }
        return "unknown"
    }

    /// Of a text of as many tokens; which ones makes no difference.
    private func times(tokens: Int, count: Int) -> [Double] {
        let text = String(repeating: "word ", count: tokens - 2)
        return (0..<count).flatMap { _ in
            let (clock, processor) = (Self.seconds(CLOCK_MONOTONIC), Self.seconds(CLOCK_PROCESS_CPUTIME_ID))
            _ = embedder.vectors(of: [text])
            return [Self.seconds(CLOCK_MONOTONIC) - clock, Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - processor]
        }
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func line(_ word: String, _ values: [some CustomStringConvertible]) -> String {
        ([word] + values.map(\.description)).joined(separator: " ")
    }
}
