import Dispatch
public import EmotionDetection
public import ImageCodecs
import NIOConcurrencyHelpers
import TaskHandOver

/// Pictures that wait for the networks, a bounded number of them, looked at in batches.
///
/// Whoever comes while a batch is being looked at waits and goes through the networks together with the others who wait:
/// a forward pass of eight faces takes far less than eight passes. Pictures are decoded when their batch begins, so that
/// those who wait cost no more memory than their files.
///
/// The work is done on a thread of its own, never on those that serve requests.
public final class InferenceQueue: Sendable {
    /// How many pictures may wait and go through the networks together.
    public struct Limits: Sendable {
        /// Pictures that wait or are being looked at; more are refused.
        public var capacity: Int
        /// Pictures of one batch.
        public var batch: Int
        /// What a picture may cost.
        public var decoding: DecodingLimits
        /// Bytes that the pictures of a batch may take together while they are decoded side by side; one that takes more is
        /// decoded alone.
        public var decodingBytes: Int

        public init(capacity: Int = 64, batch: Int = 8, decoding: DecodingLimits, decodingBytes: Int = 128 << 20) {
            precondition(capacity > 0 && batch > 0, "a queue of \(capacity) pictures in batches of \(batch)")
            self.capacity = capacity
            self.batch = batch
            self.decoding = decoding
            self.decodingBytes = decodingBytes
        }
    }

    /// What the queue tells whoever counts; called while the queue waits for it.
    public struct Observer: Sendable {
        /// Pictures that wait or are being looked at.
        public var depthChanged: @Sendable (Int) -> Void
        /// A batch of so many pictures with so many faces was looked at in so many seconds.
        public var batchEnded: @Sendable (_ pictures: Int, _ faces: Int, _ seconds: Double) -> Void

        public init(
            depthChanged: @escaping @Sendable (Int) -> Void = { _ in },
            batchEnded: @escaping @Sendable (Int, Int, Double) -> Void = { _, _, _ in }
        ) {
            self.depthChanged = depthChanged
            self.batchEnded = batchEnded
        }
    }

    public let limits: Limits
    private let detector: EmotionDetector
    private let observer: Observer
    private let state = NIOLockedValueBox(State())
    private let thread = DispatchQueue(label: "inference", qos: .userInitiated)

    private struct State {
        var waiting: [Job] = []
        /// Pictures that are being looked at.
        var running = 0
        var isDraining = false
        var isClosed = false
        /// Calls with several pictures that are under way.
        var calls = 0
        /// Why the networks could not be loaded, and when.
        var failure: (error: EmotionDetectorError, time: ContinuousClock.Instant)?

        var depth: Int { waiting.count + running }
    }

    private struct Job: Sendable {
        let bytes: [UInt8]
        let deadline: ContinuousClock.Instant
        let handOver: HandOver<Answer>
    }

    private typealias Answer = Result<PictureAnalysis, InferenceError>

    /// Where the networks' files are missing or damaged they are tried again after this time.
    private static let retryAfter = Duration.seconds(5)

    public init(_ detector: EmotionDetector, limits: Limits, observer: Observer = Observer()) {
        self.detector = detector
        self.limits = limits
        self.observer = observer
    }

    /// What the picture in `bytes` shows.
    ///
    /// - Parameter deadline: a picture that still waits then is given up.
    /// - Throws: ``InferenceError``, at once where the queue is full.
    public func analyze(_ bytes: [UInt8], before deadline: ContinuousClock.Instant) async throws(InferenceError)
        -> PictureAnalysis
    {
        try await answer(to: bytes, before: deadline).get()
    }

    private func answer(to bytes: [UInt8], before deadline: ContinuousClock.Instant) async -> Answer {
        await HandOver<Answer>.value { enqueue(Job(bytes: bytes, deadline: deadline, handOver: $0)) }
    }

    /// As ``analyze(_:before:)`` for several pictures, which wait for a place in the queue until the deadline; results
    /// in their order.
    ///
    /// - Throws: the error of the first picture that has one; ``InferenceError/queueFull`` only where not even one
    ///   picture had a place when the call came, or as many such calls are under way as fill the queue with batches;
    ///   ``InferenceError/closed`` where the task is cancelled while it waits.
    public func analyze(all pictures: [[UInt8]], before deadline: ContinuousClock.Instant) async throws(InferenceError)
        -> [PictureAnalysis]
    {
        if pictures.count > 1 {
            let isAdmitted = state.withLockedValue { state in
                guard state.calls < max(1, limits.capacity / limits.batch) else { return false }
                state.calls += 1
                return true
            }
            guard isAdmitted else { throw .queueFull }
        }
        defer { if pictures.count > 1 { state.withLockedValue { $0.calls -= 1 } } }
        return try await analyzeInBatches(pictures, before: deadline)
    }

    private func analyzeInBatches(
        _ pictures: [[UInt8]], before deadline: ContinuousClock.Instant
    ) async throws(InferenceError) -> [PictureAnalysis] {
        var analyses: [PictureAnalysis] = []
        var isAdmitted = false
        while analyses.count < pictures.count {
            let next = Array(pictures[analyses.count...].prefix(limits.batch))
            let results = await withTaskGroup(of: (Int, Answer).self) { group in
                for (index, bytes) in next.enumerated() {
                    group.addTask { (index, await self.answer(to: bytes, before: deadline)) }
                }
                var results = [Answer](repeating: .failure(.queueFull), count: next.count)
                for await (index, result) in group { results[index] = result }
                return results
            }
            var progress = 0
            for result in results {
                if case .failure(.queueFull) = result { break }
                analyses.append(try result.get())
                progress += 1
            }
            isAdmitted = isAdmitted || progress > 0
            if progress == 0 {
                guard isAdmitted else { throw .queueFull }
                guard ContinuousClock.now < deadline else { throw .deadlineExceeded }
                // A task that was cancelled would not wait, and ask over and over.
                do { try await Task.sleep(for: .milliseconds(50)) } catch { throw .closed }
            }
        }
        return analyses
    }

    /// Takes no more pictures; those that were taken are still answered.
    public func close() { state.withLockedValue { $0.isClosed = true } }

    private func enqueue(_ job: Job) {
        let refusal = state.withLockedValue { state -> InferenceError? in
            if state.isClosed { return .closed }
            guard state.depth < limits.capacity else { return .queueFull }
            if let failure = state.failure {
                if ContinuousClock.now - failure.time < Self.retryAfter { return .modelUnavailable(failure.error) }
                state.failure = nil
            }
            state.waiting.append(job)
            observer.depthChanged(state.depth)
            if !state.isDraining {
                state.isDraining = true
                thread.async { self.drain() }
            }
            return nil
        }
        if let refusal { job.handOver.give(.failure(refusal)) }
    }

    /// Looks at batches until nobody waits.
    private func drain() {
        while let waiting = concludeBatch() { for task in waiting { task.resume() } }
    }

    /// Looks at the next batch and lets go of it.
    ///
    /// - Returns: those whose answers are there now; nil where nobody waits.
    private func concludeBatch() -> [CheckedContinuation<Void, Never>]? {
        guard let batch = nextBatch() else { return nil }
        let waiting = zip(batch, answers(to: batch)).map { $0.handOver.put($1) }
        // Places are free before those who had them go on.
        state.withLockedValue { state in
            state.running = 0
            observer.depthChanged(state.depth)
        }
        return waiting
    }

    /// Those who wait longest, without those who waited too long; nil where nobody waits.
    private func nextBatch() -> [Job]? {
        let now = ContinuousClock.now
        let (batch, late) = state.withLockedValue { state -> ([Job]?, [Job]) in
            let late = state.waiting.filter { $0.deadline <= now }
            state.waiting.removeAll { $0.deadline <= now }
            let batch = Array(state.waiting.prefix(limits.batch))
            state.waiting.removeFirst(batch.count)
            state.running = batch.count
            state.isDraining = !batch.isEmpty
            observer.depthChanged(state.depth)
            // Asked here: an empty array shares its storage with the one that it was taken from.
            return (batch.isEmpty ? nil : batch, late)
        }
        for job in late { job.handOver.give(.failure(.deadlineExceeded)) }
        return batch
    }

    private func answers(to batch: [Job]) -> [Answer] {
        let begin = ContinuousClock.now
        let decoded = decode(batch)
        let readable = decoded.compactMap { try? $0.get() }
        let detections: Result<[DetectionResult], EmotionDetectorError> = Result { () throws(EmotionDetectorError) in
            try detector.detect(in: readable.map(\.picture.image))
        }
        if case .failure(let error) = detections {
            state.withLockedValue { $0.failure = (error, ContinuousClock.now) }
        }
        var results = (try? detections.get())?.makeIterator()
        let answers = decoded.map { picture -> Answer in
            switch (picture, detections) {
            case (.failure(let error), _): .failure(.picture(error))
            case (.success, .failure(let error)): .failure(.modelUnavailable(error))
            case (.success(let picture), .success):
                results?.next().map { .success(PictureAnalysis(picture, $0)) } ?? .failure(.closed)
            }
        }
        let faces = answers.reduce(0) { count, answer in
            count + ((try? answer.get())?.result.faces.count(where: \.faceDetected) ?? 0)
        }
        observer.batchEnded(readable.count, faces, (ContinuousClock.now - begin) / .seconds(1))
        return answers
    }

    /// The pictures of a batch, as many of them side by side as memory is set aside for.
    private func decode(_ batch: [Job]) -> [Result<TimedPicture, ImageDecodingError>] {
        let results = NIOLockedValueBox([Result<TimedPicture, ImageDecodingError>?](repeating: nil, count: batch.count))
        let sizes = batch.map { ImageDecoder.decodingBytes(of: $0.bytes, limits: limits.decoding) }
        for group in Self.groups(of: sizes, within: limits.decodingBytes) {
            DispatchQueue.concurrentPerform(iterations: group.count) { offset in
                let index = group.lowerBound + offset
                let begin = ContinuousClock.now
                let result = Result { () throws(ImageDecodingError) in
                    let picture = try ImageDecoder.decodeWithDetails(batch[index].bytes, limits: limits.decoding)
                    return TimedPicture(
                        picture: picture, milliseconds: (ContinuousClock.now - begin) / .milliseconds(1))
                }
                results.withLockedValue { $0[index] = result }
            }
        }
        return results.withLockedValue { $0.map { $0 ?? .failure(.empty) } }
    }

    /// Neighbours whose sizes together are within the limit; one that is beyond it by itself stands alone.
    package static func groups(of sizes: [Int], within limit: Int) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var sum = 0
        for (index, size) in sizes.enumerated() {
            sum += size
            if let last = groups.last, sum <= limit {
                groups[groups.count - 1] = last.lowerBound..<index + 1
            } else {
                groups.append(index..<index + 1)
                sum = size
            }
        }
        return groups
    }
}

/// A decoded picture and how long that took.
struct TimedPicture {
    let picture: DecodedImage
    let milliseconds: Double
}
