import EmotionDetection
import ImageCodecs
import MediaStreams

/// The one picture that ffmpeg writes to a pipe, with its size before its pixels.
///
/// - Source: Netpbm's PAM, https://netpbm.sourceforge.net/doc/pam.html.
enum PortableAnyMap {
    enum Failure: Error {
        /// The stream ended or holds something else.
        case broken
        case late
        case refused(ImageDecodingError)
    }

    /// The longest header that is looked at.
    private static let headerBytes = 256

    /// Reads a picture of red, green, blue and opacity, 8 bits each, and lays it on white.
    static func read(
        from pipe: Descriptor, until deadline: ContinuousClock.Instant, _ limits: DecodingLimits
    ) throws(Failure) -> Image {
        var header: [UInt8] = []
        while !header.ends(with: "ENDHDR\n") {
            guard header.count < headerBytes, let byte = try bytes(1, from: pipe, until: deadline).first else {
                throw .broken
            }
            header.append(byte)
        }
        let lines = String(decoding: header, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
        func number(_ key: String) -> Int? {
            lines.first { $0.first == key[...] }.flatMap { $0.last.flatMap { Int($0) } }
        }
        guard let width = number("WIDTH"), let height = number("HEIGHT"), number("DEPTH") == 4, number("MAXVAL") == 255
        else { throw .broken }
        do { try ForeignPicture.check(width: width, height: height, limits) } catch .limit(let reason) {
            throw .refused(reason)
        } catch { throw .broken }
        let samples = try bytes(width * height * 4, from: pipe, until: deadline)
        guard samples.count == width * height * 4 else { throw .broken }
        return onWhite(samples, width: width, height: height)
    }

    private static func bytes(
        _ count: Int, from pipe: Descriptor, until deadline: ContinuousClock.Instant
    ) throws(Failure) -> [UInt8] {
        do {
            return try pipe.read(count, until: deadline)
        } catch .late {
            throw .late
        } catch {
            throw .broken
        }
    }

    private static func onWhite(_ samples: [UInt8], width: Int, height: Int) -> Image {
        let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { pixels, count in
            samples.withUnsafeBufferPointer { samples in
                for pixel in 0..<(width * height) {
                    let opacity = UInt32(samples[pixel * 4 + 3])
                    for channel in 0..<3 {
                        let value = UInt32(samples[pixel * 4 + channel])
                        pixels[pixel * 3 + channel] =
                            UInt8(truncatingIfNeeded: (value * opacity + 255 * (255 - opacity) + 127) / 255)
                    }
                }
            }
            count = width * height * 3
        }
        return Image(width: width, height: height, pixels: pixels)
    }
}

extension [UInt8] {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
