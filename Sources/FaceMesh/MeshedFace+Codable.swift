internal import Imaging

// Meshes as JSON, with the names of `emotion mesh --json`; see `Docs/Formats.md`.

extension MeshedFace: Codable {
    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let movements = try container.decode([String: Double].self, forKey: .blendshapes)
        let coefficients = Blendshape.allCases.compactMap { movements[$0.rawValue] }
        let points = try container.decode([[Double]].self, forKey: .points)
        guard coefficients.count == Blendshape.allCases.count, points.count == FaceMeshNetwork.pointCount,
            points.allSatisfy({ $0.count == 3 })
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .points, in: container,
                debugDescription: "\(points.count) points and \(coefficients.count) movements")
        }
        self.init(
            points: points.map { MeshPoint(x: $0[0], y: $0[1], z: $0[2]) },
            presence: try container.decode(Double.self, forKey: .presence),
            region: try container.decode(MeshRegion.self, forKey: .region),
            blendshapes: BlendshapeCoefficients(coefficients),
            turn: try container.decode(HeadTurn.self, forKey: .turn),
            signals: try container.decode(FaceSignals.self, forKey: .signals))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(presence, forKey: .presence)
        try container.encode(region, forKey: .region)
        try container.encode(turn, forKey: .turn)
        try container.encode(signals, forKey: .signals)
        let movements = Blendshape.allCases.map { ($0.rawValue, blendshapes[$0]) }
        try container.encode(Dictionary(uniqueKeysWithValues: movements), forKey: .blendshapes)
        try container.encode(points.map { [$0.x, $0.y, $0.z] }, forKey: .points)
    }

    enum CodingKeys: String, CodingKey {
        case presence, region
        case turn = "head_pose"
        case signals, blendshapes, points
    }
}

extension MeshRegion: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            center: try container.decode(Point.self, forKey: .center),
            side: try container.decode(Double.self, forKey: .side),
            angle: try container.decode(Double.self, forKey: .angle) * .pi / 180)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(center, forKey: .center)
        try container.encode(side, forKey: .side)
        try container.encode(angle.degrees, forKey: .angle)
    }

    enum CodingKeys: String, CodingKey {
        case center, side
        case angle = "angle_degrees"
    }
}

extension FaceSignals: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys) throws -> Double { try container.decode(Double.self, forKey: key) }
        gaze = Gaze(yaw: try number(.gazeYaw), pitch: try number(.gazePitch))
        (lookAcross, lookUp) = (try number(.lookAcross), try number(.lookUp))
        (blinkLeft, blinkRight) = (try number(.blinkLeft), try number(.blinkRight))
        (smileLeft, smileRight) = (try number(.smileLeft), try number(.smileRight))
        (browsUp, browsDown) = (try number(.browsUp), try number(.browsDown))
        jawOpen = try number(.jawOpen)
    }

    /// What follows from the others, ``smileBalance``, is written for whoever reads the JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        for (key, value) in members { try container.encode(value, forKey: key) }
    }

    private var members: [(CodingKeys, Double)] {
        [
            (.gazeYaw, gaze.yaw), (.gazePitch, gaze.pitch), (.lookAcross, lookAcross), (.lookUp, lookUp),
            (.blinkLeft, blinkLeft), (.blinkRight, blinkRight), (.smileLeft, smileLeft), (.smileRight, smileRight),
            (.smileBalance, smileBalance), (.browsUp, browsUp), (.browsDown, browsDown), (.jawOpen, jawOpen),
        ]
    }

    /// Every number by its name in JSON, in the order of `Docs/Formats.md`.
    public var named: [(name: String, value: Double)] { members.map { ($0.0.rawValue, $0.1) } }

    enum CodingKeys: String, CodingKey {
        case gazeYaw = "gaze_yaw"
        case gazePitch = "gaze_pitch"
        case lookAcross = "look_across"
        case lookUp = "look_up"
        case blinkLeft = "blink_left"
        case blinkRight = "blink_right"
        case smileLeft = "smile_left"
        case smileRight = "smile_right"
        case smileBalance = "smile_balance"
        case browsUp = "brows_up"
        case browsDown = "brows_down"
        case jawOpen = "jaw_open"
    }
}
