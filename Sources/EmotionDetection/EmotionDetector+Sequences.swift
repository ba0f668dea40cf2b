extension EmotionDetector {
    /// As ``detect(in:)-(Image)``, off the caller's actor, so that a window or a server's event loop is not held up.
    ///
    /// - Throws: ``EmotionDetectorError``; `CancellationError` where the task was cancelled before it began.
    public func detection(in image: Image) async throws -> DetectionResult {
        try Task.checkCancellation()
        return try detect(in: image)
    }

    /// The results of pictures as they come, one after another and in their order.
    ///
    /// ```swift
    /// for try await result in detector.detections(in: camera.pictures) { show(result) }
    /// ```
    ///
    /// Nothing is read ahead: the next picture is asked for when the result before it was taken. Where the task is
    /// cancelled the sequence ends with `CancellationError`; errors of `images` and ``EmotionDetectorError`` end it too.
    public func detections<Images: AsyncSequence>(
        in images: Images
    ) -> AsyncDetections<Images> where Images.Element == Image {
        AsyncDetections(detector: self, images: images)
    }
}

/// The results of a sequence of pictures; see ``EmotionDetector/detections(in:)``.
public struct AsyncDetections<Images: AsyncSequence>: AsyncSequence where Images.Element == Image {
    public typealias Element = DetectionResult

    let detector: EmotionDetector
    let images: Images

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(detector: detector, images: images.makeAsyncIterator())
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        let detector: EmotionDetector
        var images: Images.AsyncIterator

        public mutating func next() async throws -> DetectionResult? {
            try Task.checkCancellation()
            guard let image = try await images.next() else { return nil }
            try Task.checkCancellation()
            return try detector.detect(in: image)
        }
    }
}
