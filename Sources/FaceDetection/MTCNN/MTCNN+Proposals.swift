internal import Imaging
internal import TensorEngine

/// The first network over the image pyramid.
extension MTCNN {
    /// About how many windows of the first network make one piece of work: enough for the matrix products to run at
    /// speed, few enough for the intermediate results to stay in a core's cache and for the work to spread evenly.
    private static let windowsPerBand = 4096
    /// The fewest rows of windows in a piece of work: neighbouring pieces both compute the ten rows of pixels they share,
    /// which in a wide picture would be most of what they do.
    private static let rowsPerBand = 20
    /// Levels of more pixels are resampled piece by piece, so that no copy of a large picture is held.
    private static let wholeLevelPixels = 1 << 20

    /// Some rows of windows of one level.
    private struct Band {
        let level: Int
        let rows: Range<Int>
    }

    /// Windows whose probability reaches the threshold, by level and in each level row by row.
    ///
    /// - Parameter smallestFace: side in pixels of the picture.
    func proposals(in image: Image, smallestFace: Double) -> [[FaceCandidate]] {
        let pyramid = ImagePyramid(of: image.size, smallestFace: smallestFace, factor: configuration.scaleFactor)
        let levels = pyramid.levels
        let pictures: [Tensor?] = workers.map(levels.count) { index in
            let size = levels[index].size
            return size.area <= Self.wholeLevelPixels ? Self.rows(0..<size.height, of: image, at: size) : nil
        }
        let bands = levels.indices.flatMap { Self.bands(of: $0, windows: PNet.windows(in: levels[$0].size)) }
        let found = workers.map(bands.count) { index in
            let band = bands[index]
            let size = levels[band.level].size
            let rows = PNet.inputRows(for: band.rows, height: size.height)
            let answer =
                pictures[band.level].map { proposalNetwork($0, rows: rows) }
                ?? proposalNetwork(Self.rows(rows, of: image, at: size))
            return answer.candidates(
                firstRow: band.rows.lowerBound, scale: Float(levels[band.level].scale),
                threshold: configuration.thresholds.proposal)
        }
        var byLevel = [[FaceCandidate]](repeating: [], count: levels.count)
        for (band, candidates) in zip(bands, found) { byLevel[band.level] += candidates }
        return byLevel
    }

    private static func bands(of level: Int, windows: Size) -> [Band] {
        let bandArea = max(windowsPerBand, windows.width * rowsPerBand)
        let count = max((windows.area + bandArea / 2) / bandArea, 1)
        return (0..<count).map { index in
            Band(level: level, rows: (index * windows.height / count)..<((index + 1) * windows.height / count))
        }
    }

    /// `[1, rows, W, 3]`: some rows of the picture at `size`.
    private static func rows(_ rows: Range<Int>, of image: Image, at size: Size) -> Tensor {
        Tensor(shape: [1, rows.count, size.width, 3]) {
            AreaResampling.resample(
                image, from: PixelRegion(all: image), to: size, rows: rows, normalization: .signedUnit, into: $0)
        }
    }
}
