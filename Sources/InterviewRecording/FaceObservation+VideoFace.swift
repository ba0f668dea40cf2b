internal import EmotionDetection
internal import InterviewAnalysis

extension InterviewAnalysis.FaceObservation {
    /// What a session keeps of a face; nil where it was not scored.
    init?(_ face: VideoFace) {
        guard let emotions = face.emotions else { return nil }
        let box = face.face.imageBox
        self.init(
            emotions: emotions,
            box: PixelBox(
                x: Int(box.x), y: Int(box.y), width: Int(box.width), height: Int(box.height)),
            faceID: Int32(clamping: face.id), identityUncertain: face.isIdentityUncertain,
            stage: face.face.stage, quality: FrameQuality(face.quality),
            signals: face.motion.map { [FrameSignal.faceMotion: $0] } ?? [:])
        detectionScore = Double(min(max(face.face.score, 0), 1))
        landmarks = face.face.landmarks.map { FaceLandmarks($0, in: box) }
        pose = face.pose.map { FacePose(roll: $0.roll, yaw: $0.yaw, pitch: $0.pitch) }
        movements = face.mesh.map(FaceMovements.init)
    }
}

extension FaceMovements {
    /// What a session keeps of a mesh.
    init(_ mesh: MeshedFace) {
        let (turn, signals) = (mesh.turn, mesh.signals)
        self.init { signal in
            switch signal {
            case .yaw: turn.yaw
            case .pitch: turn.pitch
            case .roll: turn.roll
            case .gazeYaw: signals.gaze.yaw
            case .gazePitch: signals.gaze.pitch
            case .blinkLeft: signals.blinkLeft
            case .blinkRight: signals.blinkRight
            case .smileLeft: signals.smileLeft
            case .smileRight: signals.smileRight
            case .browsUp: signals.browsUp
            case .browsDown: signals.browsDown
            case .jawOpen: signals.jawOpen
            case .mouthOpening: mesh.mouthOpening
            case .eyeSpan: mesh.eyeSpan
            }
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
