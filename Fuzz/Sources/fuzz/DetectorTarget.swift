import EmotionDetection

/// The whole detector on pixel buffers of any size, layout and stride.
enum DetectorTarget {
    /// Sides up to this: the networks' time under a sanitizer grows with the pixels.
    private static let longestSide = 96

    private static let detectors: [EmotionDetector] = [true, false].map { isPlain in
        var configuration = EmotionDetector.Configuration(
            faceDetector: MTCNN.Configuration(minimumFace: isPlain ? 20 : 12, maximumCandidates: isPlain ? 16_384 : 64))
        // Low enough that noise gets through to the last network, the crops and the classifier.
        if !isPlain { configuration.faceDetector.thresholds = .init(proposal: 0.1, refinement: 0.05, output: 0.02) }
        configuration.cascade.minimumNeighbors = isPlain ? 5 : 0
        configuration.search.selection = FaceSelection(.centerWeighted, limit: isPlain ? nil : 2)
        if !isPlain { configuration.cropping = FaceCropping(padding: 0.5, outline: .box, border: .reflect) }
        do {
            return try EmotionDetector(configuration)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    static func run(_ input: [UInt8]) {
        var source = ByteSource(input)
        let flags = source.byte()
        let (width, height) = (source.number(in: -1...longestSide), source.number(in: -1...longestSide))
        let bytesPerRow = flags & 1 == 0 ? nil : source.number(in: -1...(4 * longestSide + 8))
        let rest = source.rest
        let image: Image
        if flags & 2 == 0 {
            guard
                let given = try? picture(
                    rest, layout: flags >> 5, width: width, height: height, bytesPerRow: bytesPerRow)
            else { return }
            image = given
        } else {
            image = self.image(width: max(width, 1), height: max(height, 1), tiling: rest)
        }
        let detector = detectors[Int(flags >> 2 & 1)]
        // One in four inputs goes through the emotion network, which takes most of the time.
        guard flags & 24 == 24 else {
            _ = try? detector.detectFaces(in: image)
            return
        }
        guard let result = try? detector.detect(in: image) else { preconditionFailure("weights failed") }
        precondition(!result.faces.isEmpty, "no face was assumed")
        for face in result.faces {
            precondition(abs(face.scores.values.reduce(0, +) - 1) < 1e-3, "scores sum to something else")
        }
    }

    /// A picture whose bytes repeat `bytes`.
    static func image(width: Int, height: Int, tiling bytes: [UInt8]) -> Image {
        let pattern = bytes.isEmpty ? [0] : bytes
        let pixels = (0..<(width * height * 3)).map { pattern[$0 % pattern.count] }
        return Image(width: width, height: height, pixels: pixels)
    }

    private static func picture(
        _ bytes: [UInt8], layout: UInt8, width: Int, height: Int, bytesPerRow: Int?
    ) throws(ImageLayoutError) -> Image {
        switch layout {
        case 0: try Image(rgb: bytes, width: width, height: height, bytesPerRow: bytesPerRow)
        case 1: try Image(bgr: bytes, width: width, height: height, bytesPerRow: bytesPerRow)
        case 2: try Image(rgba: bytes, width: width, height: height, bytesPerRow: bytesPerRow)
        case 3: try Image(bgra: bytes, width: width, height: height, bytesPerRow: bytesPerRow)
        default: try Image(gray: bytes, width: width, height: height, bytesPerRow: bytesPerRow)
        }
    }
}
