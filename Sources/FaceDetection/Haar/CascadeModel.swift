internal import TensorEngine
internal import WeightFile

/// A boosted cascade: stages of one-question trees, each question about a Haar feature of the window.
///
/// - Source: Viola and Jones, Rapid Object Detection using a Boosted Cascade of Simple Features, 2001,
///   doi:10.1109/CVPR.2001.990517.
struct CascadeModel: Sendable {
    /// Rejects the window when the values of its stumps add up to less than `threshold`.
    struct Stage: Sendable {
        let stumps: Range<Int>
        let threshold: Double
    }

    /// Adds `below` when the feature is below `threshold`, else `otherwise`.
    struct Stump: Sendable {
        let feature: Int
        let threshold: Float
        let below: Float
        let otherwise: Float
    }

    /// The sum of the pixels of this part of the window counts `weight` times; no pixels where `weight` is 0.
    struct WeightedRectangle: Sendable {
        let x: Int
        let y: Int
        let width: Int
        let height: Int
        let weight: Float
    }

    /// The most rectangles of one feature.
    static let rectanglesPerFeature = 3

    /// Size of the window that the features lie in.
    let window: Size
    let stages: [Stage]
    let stumps: [Stump]
    /// ``rectanglesPerFeature`` rectangles each; all of them lie in the window.
    let features: [[WeightedRectangle]]
}

/// Reading a cascade from a weight file; whatever the numbers say is checked before anything is computed with it.
extension CascadeModel {
    /// Rows of one tensor at most; OpenCV's largest cascade has some 3,000.
    static let rowLimit = 65_536
    /// Sides of the window: less has no pixels within its border of one, more no real cascade has.
    static let windowSides = 3...256
    /// Taken off every threshold, so that a sum that equals it is not rejected by the last bit.
    ///
    /// - Source: `THRESHOLD_EPS` of OpenCV 4's `cascadedetect.cpp`.
    private static let thresholdTolerance: Float = 1e-5

    /// Reads the tensors `stages`, `stumps` and `features` as `Weights/Conversion/convert_cascade.py` writes them.
    init(contentsOf path: String) throws(CascadeError) {
        let file: WeightReader
        let stages: [[Float]]
        let stumps: [[Float]]
        let features: [[Float]]
        do {
            file = try WeightReader(contentsOf: path)
        } catch {
            throw .weights(error)
        }
        window = try Size(
            height: Self.windowSide("window_height", of: file), width: Self.windowSide("window_width", of: file))
        stages = try Self.rows(of: "stages", in: file, columns: [2])
        stumps = try Self.rows(of: "stumps", in: file, columns: [4])
        features = try Self.rows(of: "features", in: file, columns: [Self.rectanglesPerFeature, 5])
        do {
            try file.requireEverythingRead()
        } catch {
            throw .weights(error)
        }
        self.stages = try Self.stages(stages, stumpCount: stumps.count)
        self.stumps = try Self.stumps(stumps, featureCount: features.count)
        self.features = try Self.features(features, in: window)
    }

    private static func windowSide(_ key: String, of file: WeightReader) throws(CascadeError) -> Int {
        let value: String
        do {
            value = try file.value(key)
        } catch {
            throw .weights(error)
        }
        guard let side = Int(value), windowSides.contains(side) else { throw .windowSide(key: key, value: value) }
        return side
    }

    /// The rows of a tensor whose count of rows only the file knows.
    private static func rows(
        of name: String, in file: WeightReader, columns: [Int]
    ) throws(CascadeError) -> [[Float]] {
        guard let shape = file.shapes[name] else { throw .weights(.missingTensor(path: file.path, name: name)) }
        let dimensions = shape.dimensions
        guard dimensions.count == columns.count + 1, Array(dimensions.dropFirst()) == columns,
            (1...rowLimit).contains(dimensions[0])
        else { throw .unexpectedShape(name: name, shape: dimensions, limit: rowLimit) }
        let scalars: [Float]
        do {
            scalars = try file.root.tensor(name, shape: shape).scalars
        } catch {
            throw .weights(error)
        }
        let width = columns.reduce(1, *)
        return (0..<dimensions[0]).map { Array(scalars[($0 * width)..<(($0 + 1) * width)]) }
    }

    private static func stages(_ rows: [[Float]], stumpCount: Int) throws(CascadeError) -> [Stage] {
        var stages: [Stage] = []
        var first = 0
        for (index, row) in rows.enumerated() {
            guard let count = Int(exactly: row[0]), (1...rowLimit).contains(count) else {
                throw .stumpCount(stage: index, value: row[0])
            }
            stages.append(Stage(stumps: first..<(first + count), threshold: Double(row[1] - thresholdTolerance)))
            first += count
        }
        guard first == stumpCount else { throw .stumpTotal(expected: first, actual: stumpCount) }
        return stages
    }

    private static func stumps(_ rows: [[Float]], featureCount: Int) throws(CascadeError) -> [Stump] {
        var stumps: [Stump] = []
        for (index, row) in rows.enumerated() {
            guard let feature = Int(exactly: row[0]), (0..<featureCount).contains(feature) else {
                throw .featureIndex(stump: index, value: row[0], featureCount: featureCount)
            }
            stumps.append(Stump(feature: feature, threshold: row[1], below: row[2], otherwise: row[3]))
        }
        return stumps
    }

    private static func features(_ rows: [[Float]], in window: Size) throws(CascadeError) -> [[WeightedRectangle]] {
        var features: [[WeightedRectangle]] = []
        for (feature, row) in rows.enumerated() {
            var rectangles: [WeightedRectangle] = []
            for index in 0..<rectanglesPerFeature {
                let values = Array(row[(index * 5)..<(index * 5 + 5)])
                guard values[4] != 0 else {
                    // The third is optional, and then has no pixels.
                    guard index == 2 else { throw .missingWeight(feature: feature, rectangle: index) }
                    rectangles.append(WeightedRectangle(x: 0, y: 0, width: 0, height: 0, weight: 0))
                    continue
                }
                guard let rectangle = WeightedRectangle(values, in: window) else {
                    throw .rectangle(feature: feature, rectangle: index, values: values)
                }
                rectangles.append(rectangle)
            }
            features.append(rectangles)
        }
        return features
    }
}

extension CascadeModel.WeightedRectangle {
    /// x, y, width, height and weight; nil where that is empty, not of whole pixels or not within `window`.
    fileprivate init?(_ values: [Float], in window: Size) {
        guard let x = Int(exactly: values[0]), let y = Int(exactly: values[1]),
            let width = Int(exactly: values[2]), let height = Int(exactly: values[3]),
            (0..<window.width).contains(x), (0..<window.height).contains(y),
            width > 0, width <= window.width - x, height > 0, height <= window.height - y
        else { return nil }
        self.init(x: x, y: y, width: width, height: height, weight: values[4])
    }
}
