/// What a session is about, told by the program that recorded it.
public struct SessionDetails: Codable, Sendable, Hashable {
    public var title: String?
    /// ISO 8601 with the offset, such as `2026-01-31T09:30:00+01:00`.
    public var startedAt: String?
    /// What ``startedAt`` was taken from; nil where the program that recorded does not say.
    public var startedAtSource: DateSource?
    /// True where the recording was cut short, by a signal or a stream that broke off; left out where it ended as
    /// planned.
    public var endedEarly: Bool?
    /// What this session was to reach, chosen before it.
    public var goal: SessionGoal?
    public var model: ModelIdentity?
    public var media: Media?

    /// How much a date is worth.
    public enum DateSource: String, Codable, Sendable, Hashable {
        /// The clock, when the recording began.
        case clock
        /// What the file of the video says of itself.
        case container
        /// When the file was last changed: a guess, since copying changes it.
        case fileTime = "file_time"
    }

    /// The network that gave the probabilities.
    public struct ModelIdentity: Codable, Sendable, Hashable {
        public var name: String
        public var version: String
        public var sha256: String

        public init(name: String, version: String, sha256: String) {
            self.name = name
            self.version = version
            self.sha256 = sha256
        }
    }

    /// The pictures the session was made of.
    public struct Media: Codable, Sendable, Hashable {
        /// File name without its folder, or the name of a device.
        public var name: String
        public var framesPerSecond: Double?
        public var widthPixels: Int?
        public var heightPixels: Int?
        /// One frame in this many was looked at.
        public var everyNthFrame: Int?
        /// How brightness was coded, as ffmpeg names it (`bt709`, `arib-std-b67` for HLG, `smpte2084` for PQ).
        public var colorTransfer: String?
        /// Whether pictures of a high dynamic range were brought to the range that the model knows.
        public var toneMapped: Bool?

        public init(
            name: String, framesPerSecond: Double? = nil, widthPixels: Int? = nil, heightPixels: Int? = nil,
            everyNthFrame: Int? = nil, colorTransfer: String? = nil, toneMapped: Bool? = nil
        ) {
            self.name = name
            self.framesPerSecond = framesPerSecond
            self.widthPixels = widthPixels
            self.heightPixels = heightPixels
            self.everyNthFrame = everyNthFrame
            self.colorTransfer = colorTransfer
            self.toneMapped = toneMapped
        }

        enum CodingKeys: String, CodingKey {
            case name
            case framesPerSecond = "frames_per_second"
            case widthPixels = "width_pixels"
            case heightPixels = "height_pixels"
            case everyNthFrame = "every_nth_frame"
            case colorTransfer = "color_transfer"
            case toneMapped = "tone_mapped"
        }
    }

    public init(
        title: String? = nil, startedAt: String? = nil, startedAtSource: DateSource? = nil, endedEarly: Bool? = nil,
        goal: SessionGoal? = nil, model: ModelIdentity? = nil, media: Media? = nil
    ) {
        self.title = title
        self.startedAt = startedAt
        self.startedAtSource = startedAtSource
        self.endedEarly = endedEarly
        self.goal = goal
        self.model = model
        self.media = media
    }

    enum CodingKeys: String, CodingKey {
        case title
        case startedAt = "started_at"
        case startedAtSource = "started_at_source"
        case endedEarly = "ended_early"
        case goal, model, media
    }
}
