import EmotionDetection
import FileNames
import ImageCodecs
import MediaStreams

/// Pictures of formats that this package does not decode itself, through ffmpeg.
///
/// Of a moving picture or a file of several the first is taken; a transparent one is laid on white. One beyond the limits
/// comes at a half, a quarter or an eighth of its size where its header tells the size, as JPEG and PNG do.
public struct ForeignPicture: Sendable {
    /// Upright.
    public let image: Image
    /// How many of the file's pixels a side became one of ``image``: 1, 2, 4 or 8.
    public let reduction: Int
    /// The picture's size in the file, upright.
    public let originalSize: Size

    /// The longest that ffmpeg may take for one picture.
    public static let timeLimit = Duration.seconds(20)

    /// The picture in the file at `path`.
    ///
    /// - Parameter bytes: the file's content, whose header is checked against `limits` before ffmpeg is started.
    public static func decode(
        contentsOf path: String, bytes: [UInt8], format: ForeignImageFormat, limits: DecodingLimits = .default
    ) throws(ForeignPictureError) -> ForeignPicture {
        guard let demuxer = format.demuxer else { throw .unreadable(format, .notThroughFFmpeg) }
        guard let header = PictureHeader(bytes, format: format) else { throw .damaged(format) }
        let reduction = try reduction(of: header, limits)
        let deadline = ContinuousClock.now + timeLimit
        let decoder: ChildProcess
        do {
            decoder = try ChildProcess(
                "ffmpeg",
                ["-nostdin", "-hide_banner", "-loglevel", "error"]
                    + ["-max_pixels", "\(reduction > 1 ? limits.maximumStoredPixels : limits.maximumPixels)"]
                    + ["-noautorotate", "-f", demuxer, "-i", "file:" + path, "-map", "0:v:0", "-frames:v", "1"]
                    + (reduction > 1 ? ["-vf", "scale=ceil(iw/\(reduction)):ceil(ih/\(reduction)):flags=area"] : [])
                    + ["-f", "image2pipe", "-c:v", "pam", "-pix_fmt", "rgba", "pipe:1"], .fromOutput)
        } catch {
            throw .unreadable(format, .noFFmpeg)
        }
        let image: Image
        do {
            image = try PortableAnyMap.read(from: decoder.pipe, until: deadline, limits)
        } catch .late {
            decoder.stop()
            throw .late(format)
        } catch .refused(let reason) {
            decoder.stop()
            throw .limit(reason)
        } catch {
            throw .unreadable(format, .byThisFFmpeg)
        }
        // A picture that is stored in tiles must not be taken for one of them.
        let size = Size(height: header.height ?? image.height, width: header.width ?? image.width)
        guard DecodingLimits.reduced(size.width, by: reduction) == image.width,
            DecodingLimits.reduced(size.height, by: reduction) == image.height
        else { throw .unreadable(format, .byThisFFmpeg) }
        let isTurned = !header.turns.count(where: \.swapsSides).isMultiple(of: 2)
        return ForeignPicture(
            image: header.turns.reduce(image) { $0.upright(from: $1) }, reduction: reduction,
            originalSize: isTurned ? Size(height: size.width, width: size.height) : size)
    }

    /// The picture whose file's content is `bytes`; ffmpeg gets it as a temporary file.
    public static func decode(
        _ bytes: [UInt8], format: ForeignImageFormat, limits: DecodingLimits = .default
    ) throws(ForeignPictureError) -> ForeignPicture {
        guard let file = TemporaryFile(bytes) else { throw .noTemporaryFile(NamelessFile.folder) }
        defer { withExtendedLifetime(file) {} }
        return try decode(contentsOf: file.path, bytes: bytes, format: format, limits: limits)
    }

    /// By how much the picture has to be reduced; 1 where its header does not tell its size.
    private static func reduction(
        of header: PictureHeader, _ limits: DecodingLimits
    ) throws(ForeignPictureError) -> Int {
        guard let width = header.width, let height = header.height else { return 1 }
        do throws(ImageDecodingError) { return try limits.reduction(width: width, height: height) } catch {
            throw .limit(error)
        }
    }

    static func check(width: Int, height: Int, _ limits: DecodingLimits) throws(ForeignPictureError) {
        guard width > 0, height > 0 else { throw .limit(.noPixels(width: width, height: height)) }
        guard max(width, height) <= limits.maximumSide else {
            throw .limit(.sideTooLong(width: width, height: height, limit: limits.maximumSide))
        }
        guard width * height <= limits.maximumPixels else {
            throw .limit(.tooManyPixels(width: width, height: height, limit: limits.maximumPixels))
        }
    }
}

extension ForeignImageFormat {
    /// What ffmpeg calls the reader of such files. Named so that a file's own name never decides.
    fileprivate var demuxer: String? {
        switch self {
        case .gif: "gif"
        case .webp: "webp_pipe"
        case .bmp: "bmp_pipe"
        case .tiff: "tiff_pipe"
        case .heif, .avif: "mov"
        case .jpegXL: "jpegxl_pipe"
        case .jpeg2000: "j2k_pipe"
        case .pdf: nil
        }
    }
}
