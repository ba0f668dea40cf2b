public import EmotionDetection

/// What the weight files are, and whether they are whole and give the stored answers.
public struct ModelReport: Sendable {
    /// One weight file.
    public struct File: Sendable {
        /// Without its folder.
        public let name: String
        /// Nil where the file cannot be read or its digest is wrong.
        public let description: ModelDescription?
        /// Whether it is not there and need not be: what it is for is not offered then.
        public let isMissing: Bool
    }

    /// One thing that has to be right before the service is ready.
    public struct Check: Sendable {
        /// `digest NAME`, `self_test`.
        public let name: String
        /// What is wrong; nil where all is well.
        public let failure: String?
    }

    public private(set) var files: [File]
    public private(set) var checks: [Check]

    public var passed: Bool { checks.allSatisfy { $0.failure == nil } }

    /// Checks a file besides, which need not be there.
    ///
    /// - Parameter load: loads its network.
    public mutating func add(optionalFileAt path: String, isThere: Bool, load: () throws -> Void) {
        guard isThere else {
            files.append(File(name: Self.name(of: path), description: nil, isMissing: true))
            return
        }
        add(fileAt: path)
        guard checks.last?.failure == nil else { return }
        do { try load() } catch {
            checks[checks.count - 1] = Check(name: checks[checks.count - 1].name, failure: "\(error)")
        }
    }

    fileprivate mutating func add(fileAt path: String) {
        let name = Self.name(of: path)
        do throws(WeightError) {
            files.append(File(name: name, description: try ModelDescription(contentsOf: path), isMissing: false))
            checks.append(Check(name: "digest \(name)", failure: nil))
        } catch {
            files.append(File(name: name, description: nil, isMissing: false))
            checks.append(Check(name: "digest \(name)", failure: "\(error)"))
        }
    }

    private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension EmotionDetector {
    /// Recomputes the digests of the weight files, and compares the answers of the networks with the stored ones.
    ///
    /// The stored answers belong to the bundled weights; with others only the digests are checked.
    /// - Complexity: reads every weight file twice, some tenths of a second.
    public func modelReport() -> ModelReport {
        var report = ModelReport(files: [], checks: [])
        for path in configuration.weightPaths { report.add(fileAt: path) }
        return report.passed ? ModelReport(files: report.files, checks: report.checks + selfTestChecks()) : report
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
