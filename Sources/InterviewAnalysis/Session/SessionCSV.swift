import Emotions

/// A session as a table: one row a face a frame, and one with `success` 0 for every frame that has no score.
///
/// Numbers have fixed digits and a point whatever the locale; what is not known is empty. `timestamp` is in seconds since
/// the session began, the box in pixels, `entropy` in nats (ln 7 ≈ 1.946 for no idea at all), what the face does as
/// ``FaceMovements`` has it, everything else 0…1.
public enum SessionCSV {
    package static let columns =
        ["frame", "timestamp", "face_id", "detection_stage", "detection_score", "success", "x", "y", "w", "h"]
        + Emotion.allCases.map(\.rawValue)
        + [
            "dominant_emotion", "confidence_score", "entropy", "smoothed_confidence", "quality_score",
            "identity_uncertain", "skip_reason",
        ] + FaceMovements.Signal.allCases.map(\.rawValue)

    /// Digits behind the point.
    static let timestampDigits = 3
    static let scoreDigits = 6
    static let movementDigits = 3

    /// What `skip_reason` says of a frame in which the middle of the picture stood in for a face and was not scored.
    package static let fallbackReason = "fallback"

    /// The first line of the table.
    public static var header: String { columns.joined(separator: ",") }

    /// The whole table, header included, each line ended by a line feed.
    public static func table(of record: SessionRecord) -> String {
        var text = header + "\n"
        for entry in SessionEntry.merged(frames: record.frames, missed: record.missed) {
            switch entry {
            case .frame(let frame): text += row(of: frame, isScored: frame.counts(in: record.configuration)) + "\n"
            case .missed(let missed): text += row(of: missed) + "\n"
            case .question: break
            }
        }
        return text
    }

    /// One face of one frame.
    ///
    /// - Parameter isScored: whether the frame takes part in scores; where not, `success` is 0.
    package static func row(of frame: FrameData, isScored: Bool = true) -> String {
        var fields = ["\(frame.frame)", fixed(frame.timestamp, timestampDigits), "\(frame.faceID)"]
        fields += [frame.stage.rawValue, fixed(frame.detectionScore), isScored ? "1" : "0"]
        let box = frame.faceBox
        fields += [box?.x, box?.y, box?.width, box?.height].map { $0.map(String.init) ?? "" }
        fields += frame.emotions.values.map { fixed($0) }
        fields += [frame.dominantEmotion.rawValue, fixed(frame.confidenceScore), fixed(frame.emotions.entropy)]
        fields += [fixed(frame.smoothedConfidence), fixed(frame.quality?.score)]
        fields += [frame.identityUncertain ? "1" : "0", isScored ? "" : fallbackReason]
        fields += self.fields(of: frame.movements)
        return fields.joined(separator: ",")
    }

    /// A frame without a score.
    package static func row(of missed: MissedFrame) -> String {
        var fields = [String](repeating: "", count: columns.count - FaceMovements.Signal.allCases.count)
        fields[0] = "\(missed.frame)"
        fields[1] = fixed(missed.timestamp, timestampDigits)
        fields[5] = "0"
        fields[fields.count - 1] = missed.reason.rawValue
        return (fields + self.fields(of: missed.movements)).joined(separator: ",")
    }

    private static func fields(of movements: FaceMovements?) -> [String] {
        FaceMovements.Signal.allCases.map { fixed(movements?[$0], movementDigits) }
    }

    /// Exactly `digits` digits behind the point; empty for nil.
    static func fixed(_ value: Double?, _ digits: Int = scoreDigits) -> String {
        guard let value, let units = Int64(exactly: DecimalRounding.units(value, digits: digits).rounded()) else {
            return ""
        }
        let text = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
        return (units < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
    }
}
