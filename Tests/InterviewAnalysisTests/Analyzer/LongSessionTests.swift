import Emotions
import Foundation
import InterviewAnalysis
import TestSupport
import Testing

/// Four hours at six frames a second: 86,400 frames.
@Suite(.enabled(if: TestBuild.isRelease(for: "LongSessionTests")), .serialized)
struct LongSessionTests {
    private static let frames = 4 * 3600 * 6

    private func observations() -> [EmotionScores] {
        var generator = SeededGenerator(seed: 10)
        return (0..<Self.frames).map { _ in .random(using: &generator) }
    }

    @Test func analysesFourHoursInUnderASecond() throws {
        let observations = observations()
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        var summary: SessionSummary?
        let analysis = try processorSeconds {
            for (index, emotions) in observations.enumerated() {
                try session.add(emotions: emotions, at: Double(index) / 6)
            }
        }
        for question in 0..<40 { session.mark(QuestionMarker(label: "\(question)", start: Double(question) * 360)) }
        let summing = processorSeconds { summary = session.summary() }
        #expect(summary?.timeSeries.confidence.count == Self.frames)
        #expect(summary?.questions.count == 40)
        print("4 h of frames: scored in \(analysis) s, summarised in \(summing) s")
        #expect(analysis + summing < 1)
    }

    /// What `work` takes of a processor: other tests run beside this one.
    private func processorSeconds(_ work: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        try work()
        return now() - start
    }

    #if os(Linux)
        /// What the process grows by for each frame: the frame itself and the seven numbers it refers to.
        @Test func keepsTheFramesInLinearMemory() throws {
            let observations = observations()
            var session = InterviewEmotionAnalyzer(clock: { 0 })
            let start = try residentBytes()
            for (index, emotions) in observations.enumerated() {
                try session.add(emotions: EmotionScores(emotions.values.map { $0 }), at: Double(index) / 6)
            }
            let used = Double(try residentBytes() - start) / Double(Self.frames)
            print("a frame: \(MemoryLayout<FrameData>.stride) bytes in the array, \(used) bytes resident in all")
            #expect(session.frames.count == Self.frames)
            #expect(MemoryLayout<FrameData>.stride <= 448)
            // The array doubles as it grows, and other tests run beside this one.
            #expect(used < 1100)
        }

        private func residentBytes() throws -> Int {
            let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            return try #require(Int(pages[1])) * Int(sysconf(Int32(_SC_PAGESIZE)))
        }
    #endif
}
