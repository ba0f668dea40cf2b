import CEmotion
import EmotionDetection

/// Frames of a video as the header has them.
extension Block {
    /// - Parameter model: what scored the expressions, and says which scores are a guess.
    func frame(_ frame: VideoFrame, _ model: ModelSpecification) -> UnsafePointer<emotion_frame>? {
        let faces = frame.faces.map { face($0, model) }
        let renamed = frame.renamed.sorted { $0.key < $1.key }
            .map { emotion_renamed(from: Int64($0.key), to: Int64($0.value)) }
        var written = emotion_frame()
        written.struct_size = MemoryLayout<emotion_frame>.stride
        written.index = Int64(frame.index)
        written.timestamp = frame.timestamp
        written.face_count = faces.count
        written.faces = array(faces)
        written.interviewee = zip(frame.faces, faces).first { $0.0.isInterviewee }?.1
        write(frame.intervieweeState, to: &written)
        written.interviewee_id = Int64(frame.intervieweeState.interviewee ?? 0)
        written.candidate_id = Int64(frame.candidate ?? 0)
        written.choice_settled = frame.isChoiceSettled ? 1 : 0
        written.classified = frame.isClassificationFrame ? 1 : 0
        written.searched = frame.didSearch ? 1 : 0
        written.renamed_count = renamed.count
        written.renamed = array(renamed)
        written.detect_ms = frame.timings.faceSearchMilliseconds
        written.classify_ms = frame.timings.classificationMilliseconds
        return value(written)
    }

    private func write(_ state: IntervieweeLock.State, to frame: inout emotion_frame) {
        switch state {
        case .selecting: frame.state = Int32(EMOTION_INTERVIEWEE_SELECTING)
        case .locked: frame.state = Int32(EMOTION_INTERVIEWEE_LOCKED)
        case .absent(_, let since):
            frame.state = Int32(EMOTION_INTERVIEWEE_ABSENT)
            frame.absent_since = since
        case .unsure(_, let doubt):
            frame.state = Int32(EMOTION_INTERVIEWEE_UNSURE)
            switch doubt {
            case .sharesPlace: frame.doubt = Int32(EMOTION_DOUBT_SHARES_PLACE)
            case .looksDifferent: frame.doubt = Int32(EMOTION_DOUBT_LOOKS_DIFFERENT)
            }
        }
    }

    private func face(_ seen: VideoFace, _ model: ModelSpecification) -> UnsafePointer<emotion_video_face>? {
        var written = emotion_video_face()
        written.struct_size = MemoryLayout<emotion_video_face>.stride
        written.face_id = Int64(seen.id)
        written.face = face(
            seen.face, scores: seen.emotions, isUncertain: seen.emotions.map(model.isUncertain) ?? true,
            quality: seen.quality, mesh: seen.mesh)
        let isConfirmed = seen.state == .confirmed
        written.track = Int32(isConfirmed ? EMOTION_TRACK_CONFIRMED : EMOTION_TRACK_TENTATIVE)
        written.is_interviewee = seen.isInterviewee ? 1 : 0
        written.crowded = seen.isCrowded ? 1 : 0
        written.identity_uncertain = seen.isIdentityUncertain ? 1 : 0
        written.first_seen = seen.firstSeen
        written.last_seen = seen.lastSeen
        written.similarity = seen.similarity
        if let motion = seen.motion {
            written.motion = motion
            written.has_motion = 1
        }
        return value(written)
    }
}
