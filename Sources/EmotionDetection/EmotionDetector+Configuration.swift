public import NetworkPlanning
public import ModelWeights

extension EmotionDetector {
    /// The settings of a detector; each has a default that suits photographs and webcams.
    public struct Configuration: Sendable {
        /// When the networks' weights are read.
        public enum Loading: Sendable {
            /// In the initialiser, which then reports a bad file at once.
            case eager
            /// When the first picture needs them, once, whichever task comes first; the emotion network's while faces
            /// are searched, on a thread of their own where there is more than one.
            case onFirstUse
        }

        /// A folder with all three weight files under their bundled names (`BundledModel.file`), searched alone; the
        /// places of ``WeightSearch`` when nil. A path given below counts more.
        public var weightsFolder: String?
        /// The emotion network's weight file; the bundled one when nil.
        public var emotionWeights: String?
        /// MTCNN's weight file; the bundled one when nil.
        public var faceDetectorWeights: String?
        /// The cascade's weight file; the bundled one when nil.
        public var cascadeWeights: String?
        /// How faces are searched for: smallest face, thresholds. A smaller smallest face costs time with its square.
        public var faceDetector: MTCNN.Configuration
        /// How the cascade searches where that finds nothing.
        public var cascade = HaarCascade.Configuration()
        /// Which stages look for faces, and which of the faces they find are scored, in what order.
        public var search: FaceDetectorChain.Configuration
        /// What is cut out of the picture for each face.
        public var cropping = FaceCropping()
        /// When the weights are read.
        public var loading: Loading
        /// Whether the networks may run on machine code that is made for this processor when they are loaded.
        public var kernels: KernelChoice
        /// Threads that share the work of a call, the caller's included; at least 1. One for each processor, shared with
        /// every other detector that has no number of its own, when nil.
        public var threads: Int?

        /// The defaults, with what is given in their place; what is not among these is set afterwards.
        public init(
            weightsFolder: String? = nil, emotionWeights: String? = nil,
            faceDetector: MTCNN.Configuration = MTCNN.Configuration(),
            search: FaceDetectorChain.Configuration = FaceDetectorChain.Configuration(),
            loading: Loading = .eager, kernels: KernelChoice = .automatic, threads: Int? = nil
        ) {
            self.weightsFolder = weightsFolder
            self.emotionWeights = emotionWeights
            self.faceDetector = faceDetector
            self.search = search
            self.loading = loading
            self.kernels = kernels
            self.threads = threads
        }
    }
}

extension EmotionDetector.Configuration {
    /// Whether the middle of the picture is scored, flagged as not detected, where no face is found: right for a
    /// person before a webcam, wrong for pictures that may show none.
    public var assumesFaceIfNotDetected: Bool {
        get { search.assumesFaceIfNotDetected }
        set { search.assumesFaceIfNotDetected = newValue }
    }

    /// Where weight files are looked for that have no path of their own.
    public var weightSearch: WeightSearch { WeightSearch(folder: weightsFolder) }

    /// The weight files that a detector of this configuration reads: MTCNN's, the emotion network's, the cascade's; where
    /// each should lie first of all, if none of the folders has it.
    public var weightPaths: [String] {
        let files = [
            (faceDetectorWeights, BundledModel.mtcnn), (emotionWeights, .efficientNetB2),
            (cascadeWeights, .haarCascade),
        ]
        return files.map { path, model in path ?? model.path(in: weightSearch) }
    }

    /// `path`, or where the bundled file lies.
    ///
    /// - Throws: ``EmotionDetectorError/missingWeights(file:search:)``.
    func located(_ path: String?, _ model: BundledModel) throws(EmotionDetectorError) -> String {
        if let path { return path }
        guard let found = weightSearch.find(model) else {
            throw .missingWeights(file: model.file, search: weightSearch)
        }
        return found
    }
}
