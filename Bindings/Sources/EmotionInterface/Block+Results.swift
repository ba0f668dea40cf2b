import CEmotion
import EmotionDetection

/// Results as the header has them.
extension Block {
    /// What was found in a picture, in pixels of the file's.
    func result(
        _ found: DetectionResult, in picture: SourcePicture, _ meshes: LocatedMeshes? = nil
    ) -> UnsafePointer<emotion_result>? {
        let scaled = found.scaled(by: picture.reduction, to: picture.storedSize)
        let faces = scaled.faces.enumerated().map { number, answer in
            // Measured where the face was found, as the command does.
            let quality =
                answer.faceDetected
                ? CaptureQuality(of: answer.face.scaled(by: 1 / Double(picture.reduction)), in: picture.image) : nil
            return face(
                answer.face, scores: answer.scores, isUncertain: answer.isUncertain, quality: quality,
                mesh: meshes?.faces[number]?.scaled(by: Double(picture.reduction)))
        }
        var written = result(faces, in: picture, meshes)
        written.face_detected = scaled.faceDetected ? 1 : 0
        written.load_ms += scaled.timings.loadMilliseconds
        written.detect_ms = scaled.timings.faceSearchMilliseconds
        written.classify_ms = scaled.timings.classificationMilliseconds
        return value(written)
    }

    /// Faces without scores, in pixels of the file's picture.
    func result(
        _ found: [DetectedFace], in picture: SourcePicture, searchMilliseconds: Double, _ meshes: LocatedMeshes? = nil
    ) -> UnsafePointer<emotion_result>? {
        let factor = Double(picture.reduction)
        let faces = found.enumerated().map { number, found in
            face(
                found.scaled(by: factor), scores: nil, isUncertain: true, quality: nil,
                mesh: meshes?.faces[number]?.scaled(by: factor))
        }
        var written = result(faces, in: picture, meshes)
        written.face_detected = found.isEmpty ? 0 : 1
        written.detect_ms = searchMilliseconds
        return value(written)
    }

    private func result(
        _ faces: [UnsafePointer<emotion_face>?], in picture: SourcePicture, _ meshes: LocatedMeshes?
    ) -> emotion_result {
        var written = emotion_result()
        written.struct_size = MemoryLayout<emotion_result>.stride
        written.width = Int32(picture.storedSize.width)
        written.height = Int32(picture.storedSize.height)
        written.reduced_by = Int32(picture.reduction)
        written.face_count = faces.count
        written.faces = array(faces)
        written.decode_ms = picture.decodeMilliseconds
        written.load_ms = meshes?.loadMilliseconds ?? 0
        written.mesh_ms = meshes?.milliseconds ?? 0
        written.warning_count = picture.warnings.count
        written.warnings = array(picture.warnings.map(text))
        return written
    }

    /// - Parameters:
    ///   - scores: nil where the face was not scored.
    ///   - mesh: in the same pixels as the face.
    func face(
        _ face: DetectedFace, scores: EmotionScores?, isUncertain: Bool, quality: CaptureQuality?, mesh: MeshedFace?
    ) -> UnsafePointer<emotion_face>? {
        var written = emotion_face()
        written.struct_size = MemoryLayout<emotion_face>.stride
        written.box = (face.imageBox.x, face.imageBox.y, face.imageBox.width, face.imageBox.height)
        if let points = face.landmarks {
            written.landmarks = (
                (points.leftEye.x, points.leftEye.y), (points.rightEye.x, points.rightEye.y),
                (points.nose.x, points.nose.y), (points.mouthLeft.x, points.mouthLeft.y),
                (points.mouthRight.x, points.mouthRight.y)
            )
            written.has_landmarks = 1
        }
        written.stage = face.stage.number
        written.detection_score = face.score
        written.face_detected = face.stage.isDetection ? 1 : 0
        written.dominant = -1
        if let scores {
            let values = scores.values
            written.scored = 1
            written.dominant = Int32(scores.dominant.index)
            written.confidence = scores[scores.dominant]
            written.scores = (values[0], values[1], values[2], values[3], values[4], values[5], values[6])
            written.uncertain = isUncertain ? 1 : 0
        }
        written.quality = quality.flatMap(self.quality)
        written.mesh = mesh.flatMap(self.mesh)
        return value(written)
    }

    private func quality(_ quality: CaptureQuality) -> UnsafePointer<emotion_quality>? {
        var written = emotion_quality()
        written.struct_size = MemoryLayout<emotion_quality>.stride
        written.score = quality.score
        written.brightness = quality.brightness
        written.contrast = quality.contrast
        written.sharpness = quality.sharpness
        written.side_pixels = quality.sidePixels
        written.visible_part = quality.visiblePart
        if let pose = quality.pose {
            (written.roll, written.yaw, written.pitch) = (pose.roll, pose.yaw, pose.pitch)
            written.has_pose = 1
        }
        written.issue_count = Int32(quality.issues.count)
        withUnsafeMutableBytes(of: &written.issues) { bytes in
            for (place, issue) in quality.issues.enumerated() {
                bytes.storeBytes(of: issue.number, toByteOffset: place * 4, as: Int32.self)
            }
        }
        return value(written)
    }
}

extension DetectionStage {
    /// The number that the header gives it.
    fileprivate var number: Int32 {
        switch self {
        case .mtcnn: Int32(EMOTION_STAGE_MTCNN)
        case .haarCascade: Int32(EMOTION_STAGE_HAAR_CASCADE)
        case .centerRegion: Int32(EMOTION_STAGE_CENTER_REGION)
        case .pictureTooSmall: Int32(EMOTION_STAGE_PICTURE_TOO_SMALL)
        }
    }
}

extension CaptureIssue {
    fileprivate var number: Int32 {
        switch self {
        case .cutOff: Int32(EMOTION_ISSUE_CUT_OFF)
        case .tooSmall: Int32(EMOTION_ISSUE_TOO_SMALL)
        case .tooDark: Int32(EMOTION_ISSUE_TOO_DARK)
        case .tooBright: Int32(EMOTION_ISSUE_TOO_BRIGHT)
        case .lowContrast: Int32(EMOTION_ISSUE_LOW_CONTRAST)
        case .blurred: Int32(EMOTION_ISSUE_BLURRED)
        case .turnedAside: Int32(EMOTION_ISSUE_TURNED_ASIDE)
        case .tilted: Int32(EMOTION_ISSUE_TILTED)
        }
    }
}
