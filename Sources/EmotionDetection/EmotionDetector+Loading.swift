import EmotionRecognition
import TensorEngine

extension EmotionDetector {
    /// What `body` gives, and the classifier; where that is not loaded yet, another thread loads it in the meantime,
    /// since nobody needs it before the first face is found.
    ///
    /// Both have ended on return, whichever fails; the error is that of `body` where both do.
    func withClassifier<Found>(
        _ body: () throws(EmotionDetectorError) -> Found
    ) throws(EmotionDetectorError) -> (Found, EmotionClassifier) {
        guard workers.threads > 1, !classifier.isLoaded else { return (try body(), try classifier.value()) }
        // A pool of its own: within a piece of its own work the detector's pool would share out nothing.
        let (found, loaded) = WorkerPool(threads: 2).both {
            Result { () throws(EmotionDetectorError) in try body() }
        } _: {
            Result { () throws(EmotionDetectorError) in try classifier.value() }
        }
        return (try found.get(), try loaded.get())
    }
}
