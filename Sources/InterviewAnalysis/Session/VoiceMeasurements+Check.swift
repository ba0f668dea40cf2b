import VoiceAnalysis

extension VoiceMeasurements {
    /// That measurements from a file are what a recording could have given.
    ///
    /// - Throws: ``SessionError/impossible(field:reason:)``.
    func check() throws(SessionError) {
        func require(_ holds: Bool, _ field: String, _ reason: String) throws(SessionError) {
            guard holds else { throw .impossible(field: "voice." + field, reason: reason) }
        }
        try require(
            (0...FrameData.latestTimestamp).contains(duration), "duration", "it is \(duration) s")
        try require(
            (0...duration).contains(speakingTime), "speaking_seconds", "\(speakingTime) s of \(duration) s")
        var end = 0.0
        for (index, pause) in pauses.enumerated() {
            try require(
                pause.start >= end && pause.end > pause.start && pause.end <= duration, "pauses[\(index)]",
                "it lies from \(pause.start) to \(pause.end) s")
            end = pause.end
        }
        try require(
            course.count <= Int(duration.rounded(.up)), "course", "\(course.count) seconds of \(duration) s")
        for (index, moment) in course.enumerated() {
            try require(moment.time == Double(index), "course[\(index)].time", "it is \(moment.time) s")
            try require(
                (0...1.001).contains(moment.speaking), "course[\(index)].speaking", "it is \(moment.speaking)")
            try require(
                (0...1_000).contains(moment.syllables), "course[\(index)].syllables", "it is \(moment.syllables)")
            try require(
                moment.pitch.map { $0 > 0 && $0.isFinite } ?? true, "course[\(index)].pitch",
                "it is \(moment.pitch ?? 0) Hz")
        }
    }
}
