import Dispatch
import NIOConcurrencyHelpers
public import VoiceAnalysis
public import VoiceEmotion

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
    case modelUnavailable(VoiceEmotionError)
}

/// Sounds that wait to be measured and scored, a bounded number of them, one after another on a thread of its own.
///
/// The network is loaded with the first sound; where that fails it is tried again after a while.
public final class VoiceQueue: Sendable {
    private let search: WeightSearch
    private let capacity: Int
    private let decoder: SoundDecoder
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
    ///   - longest: seconds of a sound at most.
    ///   - decodingSeconds: how long ffmpeg may take for one.
    public init(
        weightsIn search: WeightSearch, capacity: Int = 8, longest: Double = 600, decodingSeconds: Double = 20
    ) {
        self.search = search
        self.capacity = capacity
        decoder = SoundDecoder(limits: SoundLimits(longest: longest), seconds: decodingSeconds)
        state = NIOLockedValueBox(State())
    }

    /// What is heard in the sound of `bytes`.
    ///
    /// - Parameter deadline: a sound that still waits then is given up.
    public func analyze(_ bytes: [UInt8], before deadline: ContinuousClock.Instant) async throws(VoiceQueueError)
        -> HeardVoice
    {
        let isAdmitted = state.withLockedValue { state in
            guard state.depth < capacity else { return false }
            state.depth += 1
            return true
        }
        guard isAdmitted else { throw .queueFull }
        defer { state.withLockedValue { $0.depth -= 1 } }
        let sound = try await decoder.decode(bytes)
        return try await withCheckedContinuation { continuation in
            thread.async {
                continuation.resume(
                    returning: Result { () throws(VoiceQueueError) in try self.listen(to: sound, before: deadline) })
            }
        }.get()
    }

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
