import FileNames
import ImageCodecs

/// Why a picture of another format was not read.
public enum ForeignPictureError: Error, Hashable, Sendable {
    /// The header is broken.
    case damaged(ForeignImageFormat)
    /// Larger than is allowed, or without pixels.
    case limit(ImageDecodingError)
    /// ffmpeg took longer than ``ForeignPicture/timeLimit``.
    case late(ForeignImageFormat)
    case unreadable(ForeignImageFormat, Obstacle)
    /// What came on standard input could not be put into a file in this folder.
    case noTemporaryFile(String)

    /// What stands in the way of a format.
    public enum Obstacle: Sendable, Hashable {
        case noFFmpeg
        /// It has no decoder, or does not understand the file.
        case byThisFFmpeg
        case notThroughFFmpeg
    }

    /// The reason for people, with a command that makes a readable picture of the one at `path`.
    public func reason(for path: String) -> String {
        switch self {
        case .damaged(let format): "it begins as \(format.withArticle) file, but its header is broken"
        case .limit(let error): "\(error)"
        case .late(let format):
            "ffmpeg has not read this \(format.rawValue) file within \(ForeignPicture.timeLimit.components.seconds) "
                + "seconds; convert it: \(format.conversion(of: path))"
        case .noTemporaryFile(let folder):
            "no temporary file can be written in \(FileName.shown(folder)); set TMPDIR to a folder with free space"
        case .unreadable(let format, .noFFmpeg):
            "\(format.withArticle) file, which is read through ffmpeg, and that is not installed "
                + "(Debian: apt install ffmpeg); or convert it: \(format.conversion(of: path))"
        case .unreadable(let format, .byThisFFmpeg):
            "\(format.withArticle) file that is damaged, or that this ffmpeg cannot read\(format.limit); "
                + "convert it: \(format.conversion(of: path))"
        case .unreadable(let format, .notThroughFFmpeg):
            "\(format.withArticle) file, not a picture; convert it: \(format.conversion(of: path))"
        }
    }
}

extension ForeignImageFormat {
    /// As in "an AVIF file".
    fileprivate var withArticle: String { (self == .avif ? "an " : "a ") + rawValue }

    /// Where no header that is read tells the size, so that a large picture cannot be reduced.
    fileprivate var limit: String {
        switch self {
        case .jpegXL, .jpeg2000: ", or of more than 16.7 megapixels"
        default: ""
        }
    }

    /// A shell command, with the Debian package that has it, which makes a JPEG or PNG of the file.
    fileprivate func conversion(of path: String) -> String {
        // What came on standard input has no name; the user knows where it came from.
        let path = path == "-" ? "FILE" : path
        let (source, target) = (FileName.quoted(path), FileName.quoted(Self.withoutSuffix(path) + ".png"))
        return switch self {
        case .heif: "heif-convert \(source) \(target) (Debian: libheif-examples)"
        case .avif: "avifdec \(source) \(target) (Debian: libavif-bin)"
        case .jpegXL: "djxl \(source) \(target) (Debian: libjxl-tools)"
        case .jpeg2000: "opj_decompress -i \(source) -o \(target) (Debian: libopenjp2-tools)"
        case .pdf: "pdftoppm -png -r 150 \(source) \(FileName.quoted(Self.withoutSuffix(path))) (Debian: poppler-utils)"
        case .gif, .webp, .bmp, .tiff:
            "convert \(FileName.quoted(path + "[0]")) \(target) (Debian: imagemagick)"
        }
    }

    private static func withoutSuffix(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return path }
        return String(path.dropLast(name[dot...].count))
    }
}
