import CEmotion
import EmotionDetection

/// Texts that live as long as the process, by what they say.
private enum Words {
    static let emotions = Emotion.allCases.map { kept($0.rawValue) }
    static let stages = DetectionStage.allCases.map { kept($0.rawValue) }
    static let issues = CaptureIssue.allCases.map { kept($0.rawValue) }
    static let blendshapes = Blendshape.allCases.map { kept($0.rawValue) }
    static let issueMessages = CaptureIssue.allCases.map { kept($0.message) }
    static let statuses = ["ok", "argument", "weights", "file", "format", "damaged", "limit", "time"].map(kept)
    static let version = kept("0.1.0")

    /// A place whose address may be handed out; it is never given back.
    struct Kept: @unchecked Sendable {
        let pointer: UnsafePointer<CChar>
    }

    private static func kept(_ text: String) -> Kept {
        let bytes = text.utf8CString
        let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
        for (index, byte) in bytes.enumerated() { memory[index] = byte }
        return Kept(pointer: UnsafePointer(memory))
    }
}

extension Array<Words.Kept> {
    fileprivate subscript(number number: Int32) -> UnsafePointer<CChar>? {
        indices.contains(Int(number)) ? self[Int(number)].pointer : nil
    }
}

@c @implementation
public func emotion_abi_version() -> UInt32 { UInt32(EMOTION_ABI_VERSION) }

@c @implementation
public func emotion_version() -> UnsafePointer<CChar>? { Words.version.pointer }

@c @implementation
public func emotion_status_name(_ status: emotion_status) -> UnsafePointer<CChar>? { Words.statuses[number: status] }

@c @implementation
public func emotion_name(_ emotion: Int32) -> UnsafePointer<CChar>? { Words.emotions[number: emotion] }

@c @implementation
public func emotion_stage_name(_ stage: Int32) -> UnsafePointer<CChar>? { Words.stages[number: stage] }

@c @implementation
public func emotion_issue_name(_ issue: Int32) -> UnsafePointer<CChar>? { Words.issues[number: issue] }

@c @implementation
public func emotion_blendshape_name(_ blendshape: Int32) -> UnsafePointer<CChar>? {
    Words.blendshapes[number: blendshape]
}

@c @implementation
public func emotion_issue_message(_ issue: Int32) -> UnsafePointer<CChar>? { Words.issueMessages[number: issue] }
