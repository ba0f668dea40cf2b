/// What is fed with made-up bytes: `fuzz NAME [libFuzzer options] CORPUS…`.
///
/// A target may refuse its input with a typed error; a crash, a trap, a sanitizer's report or an allocation above
/// libFuzzer's `-malloc_limit_mb` is a finding.
enum FuzzTarget: String, CaseIterable {
    case jpeg
    case png
    case weights
    case cascade
    case detector
    case wave
    case text
    case tokenizer

    /// One run on `input`.
    func run(_ input: [UInt8]) {
        switch self {
        case .jpeg, .png: CodecTarget.run(input)
        case .weights: WeightsTarget.run(input)
        case .cascade: CascadeTarget.run(input)
        case .detector: DetectorTarget.run(input)
        case .wave: WaveTarget.run(input)
        case .text: TextTarget.run(input)
        case .tokenizer: TokenizerTarget.run(input)
        }
    }
}
