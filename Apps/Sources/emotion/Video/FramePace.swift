#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which frames of a video are looked at.
struct FramePace {
    private enum Rule {
        case every(Int)
        /// Seconds of processor time for each second of video.
        case budget(Double)
    }

    /// The most seconds between two frames that a budget makes.
    private static let longestStep = 10.0
    /// What the latest frame counts in the moving mean of the cost: a hiccup is forgotten after about ten frames.
    private static let latestWeight = 0.2

    private let rule: Rule
    /// The moment from which on the budget allows another frame, in seconds of the video.
    private var due = -Double.infinity
    /// Processor time of one frame: a moving mean, so that one hiccup does not starve the video.
    private var cost: Double?
    private var spent = FramePace.processorSeconds
    private(set) var seen = 0
    private(set) var looked = 0

    /// Every N-th frame, the first among them.
    init(every interval: Int) { rule = .every(interval) }

    /// As many frames as the share of all cores allows when the video runs at its own speed.
    init(budgetPercent: Double) {
        rule = .budget(budgetPercent / 100 * Double(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    }

    /// Whether to look at the next frame.
    mutating func takes(frameAt seconds: Double) -> Bool {
        defer { seen += 1 }
        let taken =
            switch rule {
            case .every(let interval): seen.isMultiple(of: interval)
            case .budget: seconds >= due
            }
        if taken { looked += 1 }
        return taken
    }

    /// Whether the frames between two that are looked at may cost something too; a budget leaves nothing for them.
    var followsBetween: Bool { if case .every = rule { true } else { false } }

    /// Notes what this process spent since the last time, reading included.
    mutating func finished(frameAt seconds: Double) {
        guard case .budget(let share) = rule else { return }
        let now = Self.processorSeconds
        let latest = now - spent
        spent = now
        let mean = cost.map { $0 * (1 - Self.latestWeight) + latest * Self.latestWeight } ?? latest
        cost = mean
        // Reading counts too: a budget below its cost would otherwise wait longer each time, for ever.
        due = seconds + min(mean / share, Self.longestStep)
    }

    /// How often a frame was looked at, in words.
    var summary: String {
        guard looked > 0 else { return "no frame" }
        let ratio = (Double(seen) / Double(looked) * 10).rounded() / 10
        return ratio == 1 ? "every frame" : "one frame in \(ratio)"
    }

    /// The whole number of frames from one that was looked at to the next.
    var interval: Int? {
        guard looked > 0 else { return nil }
        return if case .every(let interval) = rule { interval } else { Int((Double(seen) / Double(looked)).rounded()) }
    }

    /// Of all threads of this process.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
