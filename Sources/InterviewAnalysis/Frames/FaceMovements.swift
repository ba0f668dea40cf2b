/// What a face does in one frame, in numbers: how the head is turned, where the eyes look, what lids, brows and mouth do.
///
/// A row of them stands in every frame whose face mesh was located, also in frames between two that are scored. Left and
/// right are the person's own. Values are kept to three decimals. What a face does, not what its owner feels.
public struct FaceMovements: Sendable, Hashable {
    /// One number of the row; the raw values are its names in files, those of `emotion mesh --json` where that has it.
    public enum Signal: String, Sendable, Hashable, CaseIterable {
        /// Turn of the head in degrees: positive towards the right border of the picture, upwards, and clockwise as seen.
        case yaw, pitch, roll
        /// Where the eyes look against the head, in degrees.
        case gazeYaw = "gaze_yaw"
        case gazePitch = "gaze_pitch"
        /// How far each eye is shut, 0…1.
        case blinkLeft = "blink_left"
        case blinkRight = "blink_right"
        /// How far each corner of the mouth is drawn up, 0…1.
        case smileLeft = "smile_left"
        case smileRight = "smile_right"
        /// How far the brows are raised, and how far lowered, 0…1.
        case browsUp = "brows_up"
        case browsDown = "brows_down"
        /// How far the jaw is open, 0…1.
        case jawOpen = "jaw_open"
        /// How far the lips are apart, in parts of ``eyeSpan``.
        case mouthOpening = "mouth_opening"
        /// From one eye's outer corner to the other's, in pixels: more where the head is nearer.
        case eyeSpan = "eye_span"

        /// What its values may be.
        public var range: ClosedRange<Double> {
            switch self {
            case .yaw, .pitch, .roll: -180...180
            case .gazeYaw, .gazePitch: -90...90
            case .blinkLeft, .blinkRight, .smileLeft, .smileRight, .browsUp, .browsDown, .jawOpen: 0...1
            case .mouthOpening: 0...10
            case .eyeSpan: 0...Measured.largest
            }
        }
    }

    /// In the order of ``Signal/allCases``.
    private let values: [Double]

    /// - Parameter value: of each signal; what is no number is taken for 0, and what lies beyond the range for its end.
    public init(_ value: (Signal) -> Double) {
        values = Signal.allCases.map { signal in
            let (given, range) = (value(signal), signal.range)
            guard !given.isNaN else { return 0 }
            return DecimalRounding.round(min(max(given, range.lowerBound), range.upperBound), digits: 3)
        }
    }

    public subscript(_ signal: Signal) -> Double { values[signal.place] }

    /// How far both eyes are shut, 0…1: as far as the one that is shut less.
    var blink: Double { min(self[.blinkLeft], self[.blinkRight]) }
    /// How far both corners of the mouth are drawn up, 0…1.
    var smile: Double { (self[.smileLeft] + self[.smileRight]) / 2 }

    /// That a row from a file lies within its ranges.
    func check() throws(AnalyzerError) {
        for signal in Signal.allCases where !signal.range.contains(self[signal]) {
            throw .invalidMeasurement(key: "movements.\(signal.rawValue)", value: self[signal])
        }
    }
}

extension FaceMovements.Signal {
    /// Its place in the row.
    fileprivate var place: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

extension FaceMovements: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        values = try Signal.allCases.map { try container.decode(Double.self, forKey: Key($0)) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for signal in Signal.allCases { try container.encode(self[signal], forKey: Key(signal)) }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ signal: Signal) { stringValue = signal.rawValue }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
