import EmotionDetection
import FileNames
import ForeignPictures
import ImageCodecs

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads pictures of every format that can be read, by what they hold and not by their names.
struct PictureReader: Sendable {
    var limits = DecodingLimits.default

    /// The picture, upright.
    func read(_ input: PictureInput) throws(PictureFailure) -> PictureContent {
        let bytes = try bytes(of: input)
        do throws(ImageDecodingError) {
            return PictureContent(try ImageDecoder.decodeWithDetails(bytes, limits: limits))
        } catch .unsupportedFormat(let format) {
            return PictureContent(try foreign(bytes, of: input, format))
        } catch {
            throw PictureFailure(error)
        }
    }

    private func bytes(of input: PictureInput) throws(PictureFailure) -> [UInt8] {
        if input == .standardInput && isatty(STDIN_FILENO) == 1 { throw .terminal }
        do throws(FileBytes.Failure) {
            switch input {
            case .file(let path): return try FileBytes.read(path, atMost: limits.maximumBytes)
            case .standardInput: return try FileBytes.readStandardInput(atMost: limits.maximumBytes)
            }
        } catch {
            throw PictureFailure(error, remedy: "; allow more with --max-file-size")
        }
    }

    private func foreign(
        _ bytes: [UInt8], of input: PictureInput, _ format: ForeignImageFormat
    ) throws(PictureFailure) -> ForeignPicture {
        do throws(ForeignPictureError) {
            switch input {
            case .file(let path):
                return try ForeignPicture.decode(contentsOf: path, bytes: bytes, format: format, limits: limits)
            case .standardInput:
                return try ForeignPicture.decode(bytes, format: format, limits: limits)
            }
        } catch {
            throw PictureFailure(error, path: input.name)
        }
    }
}
