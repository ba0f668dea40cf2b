import EmotionDetection
import FileNames
import ImageCodecs
import MediaStreams

/// Pictures of formats that this package does not decode itself, through ffmpeg.
///
/// Of a moving picture or a file of several the first is taken; a transparent one is laid on white.
public enum ForeignPicture {
    /// The longest that ffmpeg may take for one picture.
    public static let timeLimit = Duration.seconds(20)

    /// The picture in the file at `path`, upright.
    ///
    /// - Parameter bytes: the file's content, whose header is checked against `limits` before ffmpeg is started.
    public static func decode(
        contentsOf path: String, bytes: [UInt8], format: ForeignImageFormat, limits: DecodingLimits = .default
    ) throws(ForeignPictureError) -> Image {
        guard let demuxer = format.demuxer else { throw .unreadable(format, .notThroughFFmpeg) }
        guard let header = PictureHeader(bytes, format: format) else { throw .damaged(format) }
        if let width = header.width, let height = header.height { try check(width: width, height: height, limits) }
        let deadline = ContinuousClock.now + timeLimit
        let decoder: ChildProcess
        do {
            decoder = try ChildProcess(
                "ffmpeg",
                ["-nostdin", "-hide_banner", "-loglevel", "error", "-max_pixels", "\(limits.maximumPixels)"]
                    + ["-noautorotate", "-f", demuxer, "-i", "file:" + path, "-map", "0:v:0", "-frames:v", "1"]
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
        guard (header.width ?? image.width, header.height ?? image.height) == (image.width, image.height) else {
            throw .unreadable(format, .byThisFFmpeg)
        }
        return header.turns.reduce(image) { $0.upright(from: $1) }
    }

    /// The picture whose file's content is `bytes`, upright; ffmpeg gets it as a temporary file.
    public static func decode(
        _ bytes: [UInt8], format: ForeignImageFormat, limits: DecodingLimits = .default
    ) throws(ForeignPictureError) -> Image {
        guard let file = TemporaryFile(bytes) else { throw .noTemporaryFile(TemporaryFile.folder) }
        defer { withExtendedLifetime(file) {} }
        return try decode(contentsOf: file.path, bytes: bytes, format: format, limits: limits)
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
