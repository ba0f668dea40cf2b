internal import EmotionDetection
internal import InterviewAnalysis

/// The latest frames of which it is decided what they show, kept back for a moment.
///
/// Whoever walks before the interviewee covers a part of their face some tenths of a second before their own face is in
/// the picture whole enough to be found, and some tenths after it was last found. What was scored so shortly before or
/// after another head was before theirs is therefore booked as crowded.
struct DecidedFrames {
    /// A frame and what it says of the interviewee.
    struct Entry {
        let number: Int
        let timestamp: Double
        var content: HeldFrame.Content
        /// What the interviewee did in a frame that has no score.
        var movements: FaceMovements?

        init(_ frame: HeldFrame, _ content: HeldFrame.Content, of person: Int?) {
            (number, timestamp, self.content) = (frame.number, frame.timestamp, content)
            if case .missed(.sampling) = content { movements = person.flatMap { frame.movements[$0] } }
        }

        /// A scored face becomes a crowded one, and what was followed through it may be another's.
        fileprivate mutating func crowd() {
            if case .scored = content { content = .missed(.crowded) }
            movements = nil
        }
    }

    /// In the order of time.
    private(set) var entries: [Entry] = []
    /// Where the interviewee was last.
    private var box: Rect?
    private var lastCover = -Double.infinity

    /// How long before and after another head is found it may cover the face, in seconds. A person who walks at 1.4 m/s
    /// crosses the width of a face in about a tenth, and of head and shoulders in three.
    private static let coverSeconds = 0.4
    /// By how many sides hair and chin reach beyond the box of a face.
    private static let headMargin = 0.2

    /// Takes the next frame in.
    ///
    /// - Parameter person: the interviewee; nil while nobody is picked.
    /// - Returns: the frames that nothing can change any more.
    mutating func append(_ frame: HeldFrame, _ content: HeldFrame.Content, of person: Int?) -> [Entry] {
        var entry = Entry(frame, content, of: person)
        if covers(frame, content) {
            lastCover = frame.timestamp
            for index in entries.indices where frame.timestamp - entries[index].timestamp <= Self.coverSeconds {
                entries[index].crowd()
            }
        } else if frame.timestamp - lastCover <= Self.coverSeconds {
            entry.crowd()
        }
        if let seen = person.flatMap({ frame.boxes[$0] }) { box = seen }
        let settled = entries.prefix { frame.timestamp - $0.timestamp > Self.coverSeconds }
        entries.removeFirst(settled.count)
        entries.append(entry)
        return Array(settled)
    }

    /// All that is left, at the end of a session.
    mutating func removeAll() -> [Entry] {
        defer { entries = [] }
        return entries
    }

    /// Whether another head is before the interviewee's or where theirs was.
    private func covers(_ frame: HeldFrame, _ content: HeldFrame.Content) -> Bool {
        guard case .missed(let reason) = content else { return false }
        if reason == .crowded { return true }
        guard reason == .otherPerson, let box else { return false }
        return frame.boxes.values.contains { other in
            let (across, down) = (Self.headMargin * other.width, Self.headMargin * other.height)
            let head = Rect(
                left: other.left - across, top: other.top - down, right: other.right + across,
                bottom: other.bottom + down)
            return head.intersection(box).area > 0
        }
    }
}
