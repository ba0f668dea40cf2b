/// A picture of a video and when it was taken.
public struct TimedImage: Sendable, Hashable {
    public var image: Image
    /// Seconds from any moment, the same for all pictures of a video.
    public var timestamp: Double

    public init(_ image: Image, at timestamp: Double) {
        self.image = image
        self.timestamp = timestamp
    }
}

extension VideoEmotionSession {
    /// What is seen in the pictures of a video as they come, from where this session stands.
    ///
    /// ```swift
    /// for try await frame in VideoEmotionSession(detector).frames(of: camera.pictures) { record(frame) }
    /// ```
    ///
    /// Nothing is read ahead, so a slow consumer slows its camera's sequence down; buffer newest-first there if frames
    /// should rather be dropped. Where the task is cancelled the sequence ends with `CancellationError`; errors of
    /// `images` and ``VideoEmotionError`` end it too.
    public func frames<Images: AsyncSequence>(
        of images: Images
    ) -> AsyncVideoFrames<Images> where Images.Element == TimedImage {
        AsyncVideoFrames(session: self, images: images)
    }
}

/// What is seen in a sequence of pictures; see ``VideoEmotionSession/frames(of:)``.
public struct AsyncVideoFrames<Images: AsyncSequence>: AsyncSequence where Images.Element == TimedImage {
    public typealias Element = VideoFrame

    let session: VideoEmotionSession
    let images: Images

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(session: session, images: images.makeAsyncIterator())
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        var session: VideoEmotionSession
        var images: Images.AsyncIterator

        public mutating func next() async throws -> VideoFrame? {
            try Task.checkCancellation()
            guard let next = try await images.next() else { return nil }
            try Task.checkCancellation()
            return try session.analyze(next.image, at: next.timestamp)
        }
    }
}
