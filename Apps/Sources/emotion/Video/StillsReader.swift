import EmotionDetection
import ImageCodecs
import InterviewAnalysis
import MediaStreams

/// Small pictures of a face at given moments, taken in a second pass over a video.
///
/// The moments are known when the whole video has been seen, and no picture is kept until then.
enum StillsReader {
    /// Pixels of a side, and the quality of the JPEG files: about 5 kB each.
    private static let side = 160
    private static let quality = 80
    /// How much wider than the face's box the picture is.
    private static let margin = 1.6

    /// A still of every best and weakest moment in `reviews`, in the order of time.
    ///
    /// - Parameter longestSide: as in the first pass, so that the boxes fit.
    static func stills(
        for reviews: [QuestionReview], in file: String, longestSide: Int
    ) throws -> [Still] {
        var moments: [Int: QuestionReview.Moment] = [:]
        for moment in reviews.flatMap({ [$0.best, $0.weakest] }).compactMap({ $0 }) { moments[moment.frame] = moment }
        var stills: [Still] = []
        guard let last = moments.keys.max() else { return [] }
        var video = try VideoFile(path: file)
        let decoder = try FFmpeg.decoder(of: &video, longestSide: longestSide)
        defer { decoder.stop() }
        let source = try MatroskaFrameReader(decoder.pipe)
        while let frame = try source.next(), frame.number <= last {
            guard let moment = moments[frame.number], let box = moment.box else { continue }
            let image = Image(width: source.widthPixels, height: source.heightPixels, pixels: source.pixels)
            stills.append(try still(of: box, in: image, at: moment.timestamp))
        }
        return stills
    }

    private static func still(of box: PixelBox, in image: Image, at seconds: Double) throws -> Still {
        let side = margin * Double(max(box.width, box.height))
        let middle = (x: Double(box.x) + Double(box.width) / 2, y: Double(box.y) + Double(box.height) / 2)
        let region = Rect(x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side)
        let visible = region.intersection(image.bounds)
        let scale = Double(Self.side) / max(visible.width, visible.height, 1)
        let size = Size(
            height: max(1, Int(visible.height * scale)), width: max(1, Int(visible.width * scale)))
        let small = image.resized(from: visible, to: size)
        return Still(
            timestamp: seconds, jpeg: try ImageEncoder.jpeg(small, quality: quality), widthPixels: small.width,
            heightPixels: small.height)
    }
}
