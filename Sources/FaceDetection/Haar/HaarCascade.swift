public import Imaging
public import TensorEngine

/// Finds upright, frontal faces with a boosted cascade of Haar features: fast, without landmarks, less exact than MTCNN.
///
/// A window slides over the picture at many sizes and is rejected by the first stage that sees no face in it; windows that
/// pass all stages are grouped. Results are those of OpenCV 4's `CascadeClassifier.detectMultiScale` with equal settings,
/// every rounding included. A value of this type never changes, so one may serve any number of tasks at once.
///
/// Deliberately without tilted features, trees of several questions and OpenCV's old format: the frontal-face
/// cascade has none of them.
/// - Source: Viola and Jones 2001, doi:10.1109/CVPR.2001.990517; OpenCV 4's `cascadedetect.cpp` fixes the behaviour.
public struct HaarCascade: Sendable {
    public let configuration: Configuration
    let model: CascadeModel
    let workers: WorkerPool

    /// Loads a cascade from a weight file.
    ///
    /// - Throws: ``CascadeError`` for a file that is missing, damaged or does not describe a cascade.
    /// - Precondition: the configuration's values make sense.
    public init(
        contentsOf path: String, configuration: Configuration = Configuration(), workers: WorkerPool = .shared
    ) throws(CascadeError) {
        configuration.requireValid()
        self.configuration = configuration
        self.workers = workers
        model = try CascadeModel(contentsOf: path)
    }

    /// The faces of a picture, the largest first; of equal ones the upper first, then the left one.
    ///
    /// The score of a face with n hits is n / (n + minimumNeighbors): above ½, nearer to 1 the more hits.
    /// - Complexity: O(H·W) for each of the sizes.
    public func detect(in image: Image) -> [DetectedFace] {
        detect(in: image, smallestFace: configuration.minimumFace)
    }

    /// As ``detect(in:)``, for faces from `smallestFace` pixels on.
    func detect(in image: Image, smallestFace: Int) -> [DetectedFace] {
        let ordered = groups(in: image.gray(weights: .openCV), smallestFace: smallestFace).sorted { first, second in
            let (firstArea, secondArea) = (first.box.area, second.box.area)
            guard firstArea == secondArea else { return firstArea > secondArea }
            return (first.box.y, first.box.x) < (second.box.y, second.box.x)
        }
        return ordered.map { group in
            let box = Rect(
                x: Double(group.box.x), y: Double(group.box.y), width: Double(group.box.width),
                height: Double(group.box.height))
            let score = Float(group.neighbors) / Float(group.neighbors + configuration.minimumNeighbors)
            return DetectedFace(imageBox: box, score: score, stage: .haarCascade)
        }
    }

    /// What `detectMultiScale2` returns: boxes and their counts of hits, in no order that matters.
    package func groups(in image: GrayImage, smallestFace: Int? = nil) -> [CascadeGroup] {
        let hits = hits(in: image, smallestFace: smallestFace ?? configuration.minimumFace)
        return RectangleGrouping.groups(of: hits, minimumNeighbors: configuration.minimumNeighbors)
    }

    /// Every window that passes all stages, from the smallest size to the largest.
    private func hits(in image: GrayImage, smallestFace: Int) -> [CascadeHit] {
        let factors = CascadeScales.factors(
            for: image.size, window: model.window, growth: configuration.scaleFactor,
            smallestSide: smallestFace, largestSide: configuration.maximumFace)
        guard let smallest = factors.first else { return [] }
        let stripes = stripes(width: CascadeScales.reduced(image.width, smallest))
        let levels = workers.map(factors.count) { hits(in: image, reducedBy: factors[$0], stripes: stripes) }
        return Array(levels.joined().prefix(configuration.maximumHits))
    }

    /// How many stripes OpenCV would cut a picture into; each of its threads takes some.
    private func stripes(width: Int) -> Int {
        let positions = max(width + 1 - model.window.width, 0)
        return (positions + Self.stripeWidth - 1) / Self.stripeWidth
    }

    private func hits(in image: GrayImage, reducedBy factor: Float, stripes: Int) -> [CascadeHit] {
        let size = Size(
            height: CascadeScales.reduced(image.height, factor), width: CascadeScales.reduced(image.width, factor))
        guard size.width >= model.window.width, size.height >= model.window.height, stripes > 0 else { return [] }
        let step = factor >= Self.fineSteps ? 1 : 2
        // OpenCV's stripes are whole steps high, so that the last row of an odd height falls to none of them.
        let rows = size.height + 1 - model.window.height
        let stripeRows = max((rows / step + stripes - 1) / stripes, 1) * step
        let windows = CascadeLevel(image.resizedLinearExact(to: size), model: model)
            .acceptedWindows(step: step, rowLimit: stripeRows * stripes, atMost: configuration.maximumHits)
        let (width, height) = (
            CascadeScales.scaled(model.window.width, factor), CascadeScales.scaled(model.window.height, factor)
        )
        return windows.map { window in
            CascadeHit(
                x: CascadeScales.scaled(window.x, factor), y: CascadeScales.scaled(window.y, factor), width: width,
                height: height)
        }
    }

    /// Windows in a row for each stripe of OpenCV's.
    private static let stripeWidth = 32
    /// From this factor on every pixel is looked at, below it every other one.
    private static let fineSteps: Float = 2
}

extension CascadeHit {
    fileprivate var area: Int { width * height }
}

extension HaarCascade {
    /// What to look for, and how hard.
    public struct Configuration: Hashable, Sendable {
        /// From one size of face to the next, above 1; nearer to 1 finds a little more and takes longer.
        public var scaleFactor: Double
        /// A face needs more hits than this; fewer finds more faces and more things that are none. 0 returns every hit.
        public var minimumNeighbors: Int
        /// Side in pixels of the smallest face to be found.
        public var minimumFace: Int
        /// Side in pixels of the largest face to be found; nil for the picture's own.
        public var maximumFace: Int?
        /// The most hits that are grouped; those of the largest sizes are dropped beyond it.
        ///
        /// Bounds time and memory for pictures made to exhaust them: photographs have some hundreds.
        public var maximumHits: Int

        /// - Source: 1.1 is `detectMultiScale`'s default, 5 what OpenCV's face detection tutorials use against false alarms.
        public init(
            scaleFactor: Double = 1.1, minimumNeighbors: Int = 5, minimumFace: Int = 30, maximumFace: Int? = nil,
            maximumHits: Int = 16_384
        ) {
            self.scaleFactor = scaleFactor
            self.minimumNeighbors = minimumNeighbors
            self.minimumFace = minimumFace
            self.maximumFace = maximumFace
            self.maximumHits = maximumHits
        }
    }
}

extension HaarCascade.Configuration {
    /// Nearer to 1 the sizes of a large picture could not be counted.
    package static let smallestScaleFactor = 1.01

    /// Stops the program with the value that makes no sense.
    func requireValid() {
        precondition(scaleFactor >= Self.smallestScaleFactor, "scaleFactor \(scaleFactor) is below 1.01")
        precondition(minimumNeighbors >= 0, "minimumNeighbors \(minimumNeighbors) is negative")
        precondition(minimumFace >= 0, "minimumFace \(minimumFace) is negative")
        precondition(maximumFace.map { $0 > 0 } ?? true, "maximumFace \(maximumFace ?? 0) is not positive")
        precondition(maximumHits > 0, "maximumHits \(maximumHits) is not positive")
    }
}
