import Dispatch
import NIOConcurrencyHelpers
import TaskHandOver
public import VoiceAnalysis
public import VoiceEmotion

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What one sound gave.
public struct HeardVoice: Sendable {
    public let measured: VoiceMeasurements
    public let emotions: VoiceEmotions
}

/// Why a sound gave nothing.
public enum VoiceQueueError: Error, Sendable {
    /// It is damaged, or larger than it may be.
    case sound(SoundError)
    /// It is in no format that can be read here.
    case unreadable
    /// Nobody speaks in it.
    case noSpeech
    case queueFull
    case deadlineExceeded
    /// There is no memory left for the samples of one more; to be tried again later.
    case busy
    case modelUnavailable(VoiceEmotionError)
}

/// Sounds that wait to be measured and scored, a bounded number of them, one after another on a thread of its own.
///
/// Those that wait are kept as they were sent: one at a time is decoded, by one ffmpeg at most, when its turn has come.
/// The network is loaded with the first sound; where that fails it is tried again after a while.
public final class VoiceQueue: Sendable {
    private let search: WeightSearch
    private let capacity: Int
    private let decoder: SoundDecoder
    private let turns = Turns()
    private let thread = DispatchQueue(label: "voice", qos: .userInitiated)
    private let state: NIOLockedValueBox<State>

    private struct State {
        var depth = 0
        var scorer: VoiceEmotionScorer?
        var failure: (error: VoiceEmotionError, time: ContinuousClock.Instant)?
    }

    private static let retryAfter = Duration.seconds(5)

    /// - Parameters:
    ///   - capacity: sounds that wait or are being looked at; more are refused.
    ///   - longest: seconds of a sound at most; ``longest(within:)``.
    ///   - decodingSeconds: how long ffmpeg may take for one.
    public init(
        weightsIn search: WeightSearch, capacity: Int = 8, longest: Double = 600, decodingSeconds: Double = 20
    ) {
        self.search = search
        self.capacity = capacity
        decoder = SoundDecoder(limits: SoundLimits(longest: longest), seconds: decodingSeconds)
        state = NIOLockedValueBox(State())
    }

    /// Seconds of the longest sound, ten minutes at most, whose samples take three quarters of so many bytes.
    public static func longest(within bytes: Int) -> Double { min(SoundDecoder.longest(within: bytes / 4 * 3), 600) }

    /// What is heard in the sound of `bytes`.
    ///
    /// - Parameters:
    ///   - deadline: a sound that still waits or is being decoded then is given up.
    ///   - hold: is asked, when the sound's turn has come, for so many bytes of memory; they are in use until what it returns
    ///     is let go of. Where it returns nil there are none left.
    public func analyze(
        _ bytes: [UInt8], before deadline: ContinuousClock.Instant, holding hold: @Sendable (Int) -> (any Sendable)?
    ) async throws(VoiceQueueError) -> HeardVoice {
        let isAdmitted = state.withLockedValue { state in
            guard state.depth < capacity else { return false }
            state.depth += 1
            return true
        }
        guard isAdmitted else { throw .queueFull }
        defer { state.withLockedValue { $0.depth -= 1 } }
        guard await turns.take(before: deadline) else { throw .deadlineExceeded }
        defer { turns.giveBack() }
        let (sound, held) = try await decoder.decode(bytes, before: deadline, holding: hold)
        defer { withExtendedLifetime(held) {} }
        return try await HandOver<Result<HeardVoice, VoiceQueueError>>.value { handOver in
            thread.async {
                handOver.give(
                    Result { () throws(VoiceQueueError) in try self.listen(to: sound, before: deadline) })
            }
        }.get()
    }

    /// Where the weights lie, or should lie first of all.
    public var weightPath: String { VoiceEmotionScorer.weightPath(in: search) }

    /// Whether the weights are there, which their licence forbids in some places.
    public var hasWeights: Bool { access(weightPath, R_OK) == 0 }

    /// Whether sounds can be scored, as far as is known before one is.
    public var isAvailable: Bool {
        let (isLoaded, failure) = state.withLockedValue { ($0.scorer != nil, $0.failure?.error) }
        if isLoaded { return true }
        guard case .weights? = failure else { return hasWeights }
        return false
    }

    /// Loads the network unless it is loaded.
    ///
    /// - Throws: ``VoiceQueueError/modelUnavailable(_:)``.
    public func load() throws { _ = try thread.sync { try scorer() } }

    private func listen(to sound: Sound, before deadline: ContinuousClock.Instant) throws(VoiceQueueError) -> HeardVoice
    {
        guard ContinuousClock.now < deadline else { throw .deadlineExceeded }
        let scorer = try scorer()
        let heard = VoiceAnalyzer.hear(sound)
        guard heard.measurements.speakingTime > 0, let emotions = scorer.score(sound, heard: heard) else {
            throw .noSpeech
        }
        return HeardVoice(measured: heard.measurements, emotions: emotions)
    }

    /// On the queue's own thread, so that the network is loaded once.
    private func scorer() throws(VoiceQueueError) -> VoiceEmotionScorer {
        let (loaded, failure) = state.withLockedValue { ($0.scorer, $0.failure) }
        if let loaded { return loaded }
        if let failure, ContinuousClock.now - failure.time < Self.retryAfter { throw .modelUnavailable(failure.error) }
        do {
            let scorer = try VoiceEmotionScorer(in: search)
            state.withLockedValue { $0.scorer = scorer }
            return scorer
        } catch {
            state.withLockedValue { $0.failure = (error, .now) }
            throw .modelUnavailable(error)
        }
    }
}
