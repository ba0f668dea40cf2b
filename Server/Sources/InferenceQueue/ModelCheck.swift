public import EmotionDetection

/// What the weight files are, and whether they are whole and give the stored answers.
public struct ModelReport: Sendable {
    /// One weight file.
    public struct File: Sendable {
        /// Without its folder.
        public let name: String
        /// Nil where the file cannot be read or its digest is wrong.
        public let description: ModelDescription?
    }

    /// One thing that has to be right before the service is ready.
    public struct Check: Sendable {
        /// `digest NAME`, `self_test`.
        public let name: String
        /// What is wrong; nil where all is well.
        public let failure: String?
    }

    public let files: [File]
    public let checks: [Check]

    public var passed: Bool { checks.allSatisfy { $0.failure == nil } }
}

extension EmotionDetector {
    /// Recomputes the digests of the weight files, and compares the answers of the networks with the stored ones.
    ///
    /// The stored answers belong to the bundled weights; with others only the digests are checked.
    /// - Complexity: reads every weight file twice, some tenths of a second.
    public func modelReport() -> ModelReport {
        var files: [ModelReport.File] = []
        var checks: [ModelReport.Check] = []
        for path in configuration.weightPaths {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            do throws(WeightError) {
                files.append(.init(name: name, description: try ModelDescription(contentsOf: path)))
                checks.append(.init(name: "digest \(name)", failure: nil))
            } catch {
                files.append(.init(name: name, description: nil))
                checks.append(.init(name: "digest \(name)", failure: "\(error)"))
            }
        }
        let report = ModelReport(files: files, checks: checks)
        return report.passed ? ModelReport(files: files, checks: checks + selfTestChecks()) : report
    }

    private func selfTestChecks() -> [ModelReport.Check] {
        do throws(EmotionDetectorError) {
            try load()
            guard let test = try selfTest() else { return [] }
            let failure = test.passed ? nil : "the networks do not give the stored answers"
            return [.init(name: "self_test", failure: failure)]
        } catch {
            return [.init(name: "self_test", failure: "\(error)")]
        }
    }
}
