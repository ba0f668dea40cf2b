import Imaging
public import TensorEngine

/// Picks the interviewee of a video and keeps to them; whoever else is seen never takes their place.
///
/// The interviewee is the confirmed face that was largest and nearest to the centre over the first seconds. From then on
/// only that id counts: while it is away or in doubt there is no interviewee, rather than the next best face.
public struct IntervieweeLock: Sendable {
    public let configuration: Configuration
    public private(set) var state = State.selecting
    /// Seconds of presence of each id, weighted by area and nearness to the centre.
    private var presence: [Int: Double] = [:]
    private var started: Double?
    private var previous: Double?

    public init(configuration: Configuration = Configuration()) { self.configuration = configuration }

    /// The id of the interviewee, seen or not; nil while there is none.
    public var interviewee: Int? { state.interviewee }

    /// Makes the person of this id the interviewee, whatever was seen until now.
    public mutating func select(_ id: Int) { state = .locked(id) }

    /// Starts again with nobody.
    public mutating func reset() { self = IntervieweeLock(configuration: configuration) }

    /// Takes in a frame and says how the matter stands.
    ///
    /// - Parameters:
    ///   - faces: what ``FaceTracker/track(_:at:)`` returned for it.
    ///   - size: of the picture.
    ///   - timestamp: seconds, rising.
    @discardableResult
    public mutating func update(_ faces: [TrackedFace], in size: Size, at timestamp: Double) -> State {
        if let interviewee {
            state = Self.state(of: interviewee, among: faces, before: state, configuration, at: timestamp)
        } else {
            choose(among: faces.filter { $0.state == .confirmed }, in: size, at: timestamp)
        }
        previous = timestamp
        return state
    }

    private mutating func choose(among faces: [TrackedFace], in size: Size, at timestamp: Double) {
        guard started != nil || !faces.isEmpty else { return }
        let elapsed = min(timestamp - (previous ?? timestamp), configuration.longestStep)
        let begin = started ?? timestamp
        started = begin
        for face in faces {
            presence[face.id, default: 0] += max(elapsed, .ulpOfOne) * Self.weight(of: face.face.imageBox, in: size)
        }
        guard timestamp - begin >= configuration.selectionSeconds else { return }
        // Only somebody who is there can be chosen; of equal ones the first seen.
        let best = faces.max { first, second in
            let (one, other) = (presence[first.id, default: 0], presence[second.id, default: 0])
            return one == other ? first.id > second.id : one < other
        }
        if let best { state = .locked(best.id) }
    }

    /// Part of the picture that the face covers, times how near to the centre it is, 1 in it and 0.25 in a corner.
    private static func weight(of box: Rect, in size: Size) -> Double {
        let (width, height) = (Double(size.width), Double(size.height))
        let x = (box.center.x - width / 2) / (width / 2)
        let y = (box.center.y - height / 2) / (height / 2)
        return box.area / (width * height) / (1 + 1.5 * (x * x + y * y))
    }

    private static func state(
        of id: Int, among faces: [TrackedFace], before: State, _ configuration: Configuration, at timestamp: Double
    ) -> State {
        guard let face = faces.first(where: { $0.id == id }), face.state == .confirmed else {
            if case .absent = before { return before }
            return .absent(id, since: timestamp)
        }
        if face.isCrowded { return .unsure(id, .sharesPlace) }
        if face.similarity < configuration.doubtfulSimilarity { return .unsure(id, .looksDifferent) }
        return .locked(id)
    }
}
