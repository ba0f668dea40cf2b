#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What ffprobe prints as JSON; the names are ffprobe's in Swift's spelling.
struct ProbeAnswer: Decodable {
    var error: Failure?
    var format: Format?
    var streams: [Stream]?

    struct Failure: Decodable { var string: String? }

    struct Format: Decodable {
        var startTime: String?
        var duration: String?
    }

    struct Stream: Decodable {
        var index: Int
        var codecType: String?
        var codecName: String?
        var width: Int?
        var height: Int?
        var sampleAspectRatio: String?
        var pixFmt: String?
        var colorSpace: String?
        var colorTransfer: String?
        var colorPrimaries: String?
        var fieldOrder: String?
        var avgFrameRate: String?
        var nbReadPackets: String?
        var disposition: Disposition?
        var sideDataList: [SideData]?
    }

    struct Disposition: Decodable {
        var `default`: Int?
        var attachedPic: Int?
        var timedThumbnails: Int?

        /// A cover or a preview, no video.
        var isPicture: Bool { attachedPic == 1 || timedThumbnails == 1 }
    }

    struct SideData: Decodable {
        /// Degrees counterclockwise.
        var rotation: Double?
        /// Dolby Vision's.
        var dvProfile: Int?
    }

    init(json: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(json))
    }

    /// Runs ffprobe over a file.
    init(of path: String, _ arguments: [String]) throws(MediaError) {
        let probe = try ChildProcess(
            "ffprobe", ["-v", "quiet"] + arguments + ["-of", "json", "file:" + path], .fromOutput)
        let text = try probe.pipe.readToEnd(atMost: 1 << 22)
        do { try self.init(json: text) } catch {
            throw .unreadable(path: path, reason: "ffprobe gave no description of it")
        }
    }
}
