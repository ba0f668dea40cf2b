import InterviewAnalysis

/// Counts false events and finds planted ones at every step, on sessions that were recorded with `--every 1`.
///
/// Usage: swift run -c release session-events [usual_dips=0.1] [minimum_seconds=1.5] [course_seconds=1] SESSION.json...
///
/// The numbers are those of `StressConfiguration`; what is left out has its default.
let steps = [1.0 / 25, 0.2, 0.5, 1, 2, 3, 5]
let lengths = [2.0, 2.5, 3, 5]
let phases = 8

let (rule, paths) = arguments(CommandLine.arguments.dropFirst())

func arguments(_ arguments: ArraySlice<String>) -> (StressConfiguration, [String]) {
    var rule = StressConfiguration()
    var paths: [String] = []
    for argument in arguments {
        let parts = argument.split(separator: "=")
        let value = parts.count == 2 ? Double(parts[1]) : nil
        switch (parts.first, value) {
        case ("usual_dips", let value?): rule.usualDips = value
        case ("minimum_seconds", let value?): rule.minimumSeconds = value
        case ("course_seconds", let value?): rule.courseSeconds = value
        default: paths.append(argument)
        }
    }
    return (rule, paths)
}

func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

func tenths(_ value: Double) -> String {
    let scaled = Int((value * 100).rounded())
    return "\(scaled / 100).\(scaled % 100 < 10 ? "0" : "")\(scaled % 100)"
}

/// False events a minute at each step, over all phases of the sampling.
func falseEvents(_ tracks: [Track]) throws -> [String] {
    try steps.map { step in
        var (events, minutes) = (0, 0.0)
        for track in tracks {
            for phase in 0..<phases {
                let sampled = track.sampled(every: step, phase: Double(phase) / Double(phases))
                events += try sampled.events(rule).count
                minutes += sampled.seconds / 60
            }
        }
        return tenths(Double(events) / minutes)
    }
}

/// Planted drops found of all, with the largest error of their onsets in seconds, and false events a minute.
func planted(_ tracks: [Track], length: Double) throws -> [String] {
    try steps.map { step in
        var tally = Tally()
        for (index, track) in tracks.enumerated() {
            let (plantedTrack, drops) = track.planted(length: length, depth: 0.25, seed: UInt64(index))
            for phase in 0..<3 {
                let sampled = plantedTrack.sampled(every: step, phase: Double(phase) / 3)
                tally.add(try sampled.events(rule), planted: drops, seconds: sampled.seconds)
            }
        }
        return tally.text
    }
}

do {
    let clips = try paths.map { path in
        (name: String(path.split(separator: "/").last ?? ""), track: Track(try SessionRecord(contentsOf: path)))
    }
    print(row(["false events a minute"] + steps.map { tenths($0) + " s" }))
    print(row(["---"] + steps.map { _ in "---" }))
    for clip in clips { print(row([clip.name] + (try falseEvents([clip.track])))) }
    for clip in clips {
        let long = (0..<6).map { clip.track.shuffled(seconds: 150, seed: $0) }
        print(row([clip.name + ", 15 min of pieces"] + (try falseEvents(long))))
    }
    for noise in [0.03, 0.1] {
        let still = (0..<4).map { Track(level: 0.8, noise: noise, seconds: 150, seed: $0) }
        print(row(["level 0.8, noise \(noise)"] + (try falseEvents(still))))
    }
    print("\n" + row(["planted: found, onset error, false a minute"] + steps.map { tenths($0) + " s" }))
    print(row(["---"] + steps.map { _ in "---" }))
    for length in lengths {
        let still = (0..<4).map { Track(level: 0.8, noise: 0.03, seconds: 150, seed: $0) }
        print(row(["level 0.8, noise 0.03, \(length) s"] + (try planted(still, length: length))))
    }
    for clip in clips {
        let long = (0..<4).map { clip.track.shuffled(seconds: 150, seed: $0) }
        print(row([clip.name + ", 2.5 s"] + (try planted(long, length: 2.5))))
    }
} catch {
    print("session-events: \(error)")
}
