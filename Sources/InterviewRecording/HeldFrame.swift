internal import EmotionDetection
internal import InterviewAnalysis

/// A frame that waits until it is decided whose face counts.
struct HeldFrame {
    let number: Int
    let timestamp: Double
    /// What the frame shows of each person; empty where nobody is to be seen.
    private(set) var faces: [Int: Content] = [:]
    /// Where the people are, by the same ids.
    private(set) var boxes: [Int: Rect] = [:]
    /// What the people did whose faces were followed and not scored, by the same ids.
    private(set) var movements: [Int: FaceMovements] = [:]
    /// Why it has no score, whoever is chosen; nil where that depends on the choice.
    private(set) var reason: SkipReason?

    /// What a frame shows of one person.
    enum Content {
        case scored(InterviewAnalysis.FaceObservation)
        case missed(SkipReason)
    }

    /// A frame that was left out on purpose.
    ///
    /// - Parameter meshes: of the faces that were followed through it, by the ids of the people.
    init(skipped number: Int, at timestamp: Double, meshes: [Int: MeshedFace]) {
        (self.number, self.timestamp, reason) = (number, timestamp, .sampling)
        movements = meshes.mapValues(FaceMovements.init)
    }

    init(_ frame: VideoFrame, number: Int) {
        (self.number, timestamp) = (number, frame.timestamp)
        for face in frame.faces {
            faces[face.id] = Content(face, isLookedAt: frame.isClassificationFrame)
            boxes[face.id] = face.face.imageBox
            if face.emotions == nil, let mesh = face.mesh { movements[face.id] = FaceMovements(mesh) }
        }
    }

    /// The person with the id `young` is the one with the id `old`, perhaps.
    mutating func rename(_ young: Int, to old: Int, isUncertain: Bool) {
        guard young != old else { return }
        if let box = boxes.removeValue(forKey: young) { boxes[old] = box }
        if let known = movements.removeValue(forKey: young) { movements[old] = known }
        guard var content = faces.removeValue(forKey: young) else { return }
        if isUncertain, case .scored(var observation) = content {
            observation.identityUncertain = true
            content = .scored(observation)
        }
        faces[old] = content
    }

    /// What the frame shows of a person is not to be scored.
    mutating func leaveOut(_ person: Int, because reason: SkipReason) { faces[person] = .missed(reason) }

    /// What the frame says of `person`; nil stands for somebody who cannot be told.
    func content(of person: Int?) -> Content {
        if let reason { return .missed(reason) }
        guard !faces.isEmpty else { return .missed(.noFace) }
        guard let person else { return .missed(.undecided) }
        return faces[person] ?? .missed(.otherPerson)
    }
}

extension HeldFrame.Content {
    init(_ face: VideoFace, isLookedAt: Bool) {
        if face.isCrowded {
            self = .missed(.crowded)
        } else if let observation = InterviewAnalysis.FaceObservation(face) {
            self = .scored(observation)
        } else {
            // Of many faces only those ahead are scored before the choice.
            self = .missed(isLookedAt ? .undecided : .sampling)
        }
    }
}
