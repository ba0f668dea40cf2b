internal import Imaging
internal import TensorEngine

/// The first network over the image pyramid.
extension MTCNN {
    /// About how many windows of the first network make one piece of work: enough for the matrix products to run at
    /// speed, few enough for the intermediate results to stay in a core's cache and for the work to spread evenly.
    private static let windowsPerBand = 4096

    /// Some rows of windows of one level.
    private struct Band {
        let level: Int
        let rows: Range<Int>
    }

    /// Windows whose probability reaches the threshold, by level and in each level row by row.
    func proposals(in image: Image) -> [[FaceCandidate]] {
        let smallest = configuration.smallestFace(width: image.width, height: image.height)
        let pyramid = ImagePyramid(
            of: Size(height: image.height, width: image.width), smallestFace: smallest,
            factor: configuration.scaleFactor)
        let levels = pyramid.levels
        let pictures = workers.map(levels.count) { index in
            AreaResampling.resample(
                image, from: PixelRegion(all: image), to: levels[index].size, normalization: .signedUnit)
        }
        let bands = levels.indices.flatMap { Self.bands(of: $0, windows: PNet.windows(in: levels[$0].size)) }
        let found = workers.map(bands.count) { index in
            let band = bands[index]
            let picture = pictures[band.level]
            let rows = PNet.inputRows(for: band.rows, height: picture.size.height)
            let answer = proposalNetwork(Self.rows(rows, of: picture))
            return answer.candidates(
                firstRow: band.rows.lowerBound, scale: Float(levels[band.level].scale),
                threshold: configuration.thresholds.proposal)
        }
        var byLevel = [[FaceCandidate]](repeating: [], count: levels.count)
        for (band, candidates) in zip(bands, found) { byLevel[band.level] += candidates }
        return byLevel
    }

    private static func bands(of level: Int, windows: Size) -> [Band] {
        let count = max((windows.area + windowsPerBand / 2) / windowsPerBand, 1)
        return (0..<count).map { index in
            Band(level: level, rows: (index * windows.height / count)..<((index + 1) * windows.height / count))
        }
    }

    /// Some rows of `[1, H, W, C]`: a copy, unless they are all.
    private static func rows(_ rows: Range<Int>, of picture: Tensor) -> Tensor {
        guard rows.count < picture.size.height else { return picture }
        let stride = picture.size.width * picture.channels
        return picture.withUnsafeBuffer { source in
            Tensor(shape: [1, rows.count, picture.size.width, picture.channels]) { target in
                _ = target.initialize(from: source[(rows.lowerBound * stride)..<(rows.upperBound * stride)])
            }
        }
    }
}
