import EmotionDetection
import InterviewAnalysis

/// Turns what was seen in each frame into a session, and keeps it in a journal where one is asked for.
struct SessionRecorder {
    private(set) var analyzer: InterviewEmotionAnalyzer
    /// What the analyzer said of the latest scored frame.
    private(set) var advice: FrameAnalysis?
    /// Why the journal takes no more entries; the session goes on without it.
    private(set) var journalFailure: SessionError?
    private let journal: SessionJournal?

    init(configuration: AnalyzerConfiguration, journal: SessionJournal? = nil) {
        analyzer = InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 })
        self.journal = journal
    }

    /// Takes in a frame that was looked at.
    ///
    /// Only a frame that certainly shows the interviewee is scored. One that shows somebody, but perhaps not them,
    /// counts as too poor to be judged, and one without them as having no face.
    mutating func record(_ frame: VideoFrame, number: Int) throws {
        if let face = frame.interviewee, let emotions = face.emotions {
            let box = face.face.imageBox
            let observation = FaceObservation(
                emotions: emotions,
                box: FaceBox(x: Int(box.x), y: Int(box.y), width: Int(box.width), height: Int(box.height)),
                faceID: Int32(clamping: face.id), source: FaceSource(face.face.stage),
                detectionScore: Double(face.face.score), quality: FrameQuality(face.quality),
                landmarks: face.face.landmarks.map { FaceLandmarks($0, in: box) },
                pose: face.quality.pose.map { FacePose(roll: $0.roll, yaw: $0.yaw, pitch: $0.pitch) })
            advice = try analyzer.add(observation, frame: number, at: frame.timestamp)
            if let entry = analyzer.frames.last { note(.frame(entry)) }
        } else {
            try miss(Self.reason(for: frame), number: number, at: frame.timestamp)
        }
    }

    /// Takes in a frame that was left out on purpose.
    mutating func skip(number: Int, at seconds: Double) throws { try miss(.sampling, number: number, at: seconds) }

    mutating func mark(_ question: QuestionMarker) {
        analyzer.mark(question)
        note(.question(question))
    }

    /// Forces the journal onto the disk.
    mutating func finish() {
        guard journalFailure == nil else { return }
        do { try journal?.finish() } catch { journalFailure = error }
    }

    private mutating func note(_ entry: SessionEntry) {
        guard journalFailure == nil else { return }
        do { try journal?.append(entry) } catch { journalFailure = error }
    }

    private mutating func miss(_ reason: SkipReason, number: Int, at seconds: Double) throws {
        try analyzer.addMissed(reason, frame: number, at: seconds)
        if let entry = analyzer.missed.last { note(.missed(entry)) }
    }

    private static func reason(for frame: VideoFrame) -> SkipReason {
        switch frame.intervieweeState {
        case .unsure: .lowQuality
        case .selecting: frame.faces.isEmpty ? .noFace : .sampling
        case .locked, .absent: .noFace
        }
    }
}

extension FaceSource {
    fileprivate init(_ stage: DetectionStage) {
        switch stage {
        case .mtcnn: self = .mtcnn
        case .haarCascade: self = .haarCascade
        case .centerRegion: self = .centerRegion
        case .pictureTooSmall: self = .pictureTooSmall
        }
    }
}

extension FrameQuality {
    fileprivate init(_ quality: CaptureQuality) {
        self.init(
            score: quality.score, brightness: quality.brightness, contrast: quality.contrast,
            sharpness: quality.sharpness, sidePixels: quality.sidePixels, visiblePart: quality.visiblePart)
    }
}

extension FaceLandmarks {
    fileprivate init(_ landmarks: Landmarks, in box: Rect) {
        func position(_ point: Point) -> Position {
            Position(x: (point.x - box.x) / box.width, y: (point.y - box.y) / box.height)
        }
        self.init(
            leftEye: position(landmarks.leftEye), rightEye: position(landmarks.rightEye),
            nose: position(landmarks.nose), mouthLeft: position(landmarks.mouthLeft),
            mouthRight: position(landmarks.mouthRight))
    }
}
