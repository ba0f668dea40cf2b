import EmotionDetection

/// Counts right answers for each variant and roll, and which stage found the faces.
struct CropTable {
    private let variants: [CropVariant]
    /// Right answers of each variant, by roll.
    private var right: [Double: [Int]] = [:]
    /// Answers for the pasted picture itself, as it is cut out by someone who knows where it lies.
    private var rightForWhole: [Double: Int] = [:]
    private var stages: [Double: [DetectionStage: Int]] = [:]

    init(variants: [CropVariant]) { self.variants = variants }

    mutating func add(
        _ scene: CropScene, faces: [DetectedFace], label: Emotion, roll: Double, with detector: EmotionDetector
    ) throws(EmotionDetectorError) {
        // What lies elsewhere than the pasted picture is a false alarm; assumed faces are counted as they would be scored.
        let center = scene.placed.center
        let face =
            faces.first { face in
                face.imageBox.intersection(Rect(x: center.x, y: center.y, width: 1, height: 1)).area > 0
            } ?? DetectedFace.assumed(in: scene.canvas)
        stages[roll, default: [:]][face.stage, default: 0] += 1
        let crops =
            variants.map { $0.cropping.crop(of: face, in: scene.canvas) } + [scene.canvas.cropped(to: scene.placed)]
        let isRight = try detector.classify(faces: crops).map { $0.dominant == label }
        for (index, isRight) in isRight.dropLast().enumerated() where isRight {
            right[roll, default: [Int](repeating: 0, count: variants.count)][index] += 1
        }
        if isRight.last == true { rightForWhole[roll, default: 0] += 1 }
    }

    /// The table in Markdown.
    var lines: [String] {
        let rolls = CropScene.rolls
        let header = "| crop | " + rolls.map { $0 == 0 ? "upright" : "±\(Int($0))°" }.joined(separator: " | ")
        var lines = [header + " | all |", "| --- |" + String(repeating: " ---: |", count: rolls.count + 1)]
        for (index, variant) in variants.enumerated() {
            lines.append(row(variant.name, rolls.map { right[$0]?[index] ?? 0 }))
        }
        lines.append(row("the pasted picture itself", rolls.map { rightForWhole[$0] ?? 0 }))
        for stage in DetectionStage.allCases where stage != .pictureTooSmall {
            lines.append(row("*found by* \(stage.rawValue)", rolls.map { stages[$0]?[stage] ?? 0 }))
        }
        return lines
    }

    private func row(_ name: String, _ counts: [Int]) -> String {
        let totals = CropScene.rolls.map { stages[$0, default: [:]].values.reduce(0, +) }
        let shares = zip(counts + [counts.reduce(0, +)], totals + [totals.reduce(0, +)]).map { count, total in
            let tenths = total == 0 ? 0 : (count * 2000 + total) / (2 * total)
            return "\(tenths / 10).\(tenths % 10) %"
        }
        return "| \(name) | " + shares.joined(separator: " | ") + " |"
    }
}
