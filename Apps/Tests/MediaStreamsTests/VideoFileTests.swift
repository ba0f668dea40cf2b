import Testing

@testable import MediaStreams

/// What is chosen and kept of ffprobe's answers.
@Suite struct VideoFileTests {
    private func file(_ json: String, packets: String = "{}") throws -> VideoFile {
        try VideoFile(path: "a.mkv", answer: try ProbeAnswer(json: Array(json.utf8))) { () throws(MediaError) in
            guard let answer = try? ProbeAnswer(json: Array(packets.utf8)) else {
                throw .malformedStream(reason: "packets")
            }
            return answer
        }
    }

    private static func video(_ index: Int, _ more: String = "", side: Int = 100) -> String {
        #"{"index":\#(index),"codec_type":"video","codec_name":"h264","width":\#(side),"height":\#(side)\#(more)}"#
    }

    @Test func leavesCoversOut() throws {
        let marked = Self.video(0, #","disposition":{"attached_pic":1}"#, side: 900)
        #expect(try file(#"{"streams":[\#(marked),\#(Self.video(1))]}"#).video.index == 1)
        // A cover that nobody marked has a single packet; of more than one video the default one counts.
        let packets = #"{"streams":[{"index":0,"nb_read_packets":"1"},{"index":1,"nb_read_packets":"9"}]}"#
        let unmarked = Self.video(0, #","disposition":{"default":1}"#, side: 900)
        #expect(try file(#"{"streams":[\#(unmarked),\#(Self.video(1))]}"#, packets: packets).video.index == 1)
    }

    @Test func takesTheDefaultThenTheLargest() throws {
        let packets = #"{"streams":[{"index":0,"nb_read_packets":"9"},{"index":1,"nb_read_packets":"9"}]}"#
        let (small, large) = (Self.video(0), Self.video(1, side: 200))
        let found = try file(#"{"streams":[\#(small),\#(large)]}"#, packets: packets)
        #expect(found.video.index == 1)
        #expect(found.notes.count == 1)
        let chosen = Self.video(0, #","disposition":{"default":1}"#)
        #expect(try file(#"{"streams":[\#(chosen),\#(large)]}"#, packets: packets).video.index == 0)
    }

    @Test(arguments: [
        (#"{"streams":[{"index":0,"codec_type":"audio","codec_name":"aac"}]}"#, "there is no video in it, only sound"),
        (#"{"streams":[]}"#, "there is no video in it"), ("{}", "there is no video in it"),
        (
            #"{"streams":[{"index":0,"codec_type":"video","width":9,"height":9,"disposition":{"attached_pic":1}}]}"#,
            "there is no video in it, only a cover picture"
        ),
        (
            #"{"error":{"code":-1,"string":"Invalid data found"}}"#,
            "it is damaged, or in no format that ffmpeg reads"
        ),
    ])
    func saysWhatIsMissing(json: String, reason: String) throws {
        #expect(throws: MediaError.unreadable(path: "a.mkv", reason: reason)) { try file(json) }
    }

    @Test func keepsTimesSoundAndColours() throws {
        let colours = #","color_transfer":"smpte2084","color_space":"unknown","avg_frame_rate":"30000/1001""#
        let sound = #"{"index":2,"codec_type":"audio","codec_name":"opus"},{"index":3,"codec_type":"audio"}"#
        let found = try file(
            #"{"streams":[\#(Self.video(0, colours)),\#(sound)],"format":{"start_time":"1.4","duration":"N/A"}}"#)
        #expect(found.startSeconds == 1.4)
        #expect(found.durationSeconds == nil)
        #expect(found.sound == [VideoFile.SoundStream(index: 2, codec: "opus")])
        #expect(found.video.isHighDynamicRange)
        #expect(found.video.matrix == nil)
        #expect(found.video.framesPerSecond == 30000.0 / 1001)
    }

    /// A stream's shape and what is made of it.
    struct Shape: Sendable {
        let stored: [Int]
        var aspect = 1.0
        var isTurned = false
        var longestSide = 640
        let shown: [Int]
    }

    private static let shapes: [Shape] = [
        Shape(stored: [360, 360], aspect: 1.7777777, shown: [640, 360]),
        Shape(stored: [1920, 1080], isTurned: true, shown: [360, 640]),
        Shape(stored: [720, 576], aspect: 1.0666666, shown: [640, 480]),
        Shape(stored: [720, 480], aspect: 0.8888888, shown: [640, 480]),
        Shape(stored: [1440, 1080], aspect: 1.3333333, isTurned: true, longestSide: 1920, shown: [1080, 1920]),
        Shape(stored: [1, 1], shown: [2, 2]),
        Shape(stored: [2000, 3], shown: [640, 2]),
        Shape(stored: [333, 501], shown: [332, 500]),
    ]

    @Test(arguments: shapes)
    func makesPixelsSquare(shape: Shape) {
        var stream = VideoStream(index: 0, widthPixels: shape.stored[0], heightPixels: shape.stored[1])
        stream.pixelAspect = shape.aspect
        stream.isTurnedByQuarter = shape.isTurned
        let size = stream.squarePixelSize(longestSide: shape.longestSide)
        #expect([size.width, size.height] == shape.shown)
    }

    @Test func saysWhatThisFFmpegCannotDo() {
        var stream = VideoStream(index: 0, widthPixels: 640, heightPixels: 360)
        stream.transfer = "arib-std-b67"
        stream.isInterlaced = true
        let poor = PictureFilter(for: stream, longestSide: 640, filters: ["scale"])
        #expect(poor.isToneMapped == false)
        #expect(poor.notes.count == 2)
        #expect(!poor.text.contains("zscale") && !poor.text.contains("dif"))
        let rich = PictureFilter(for: stream, longestSide: 640, filters: ["zscale", "tonemap", "yadif"])
        #expect(rich.isToneMapped == true)
        #expect(rich.notes.isEmpty)
        #expect(rich.text.hasPrefix("yadif=") && rich.text.contains("tonemap="))
    }

    @Test func asksNoneOfTheFiltersForAnOrdinaryVideo() {
        let stream = VideoStream(index: 0, widthPixels: 640, heightPixels: 360)
        var wasAsked = false
        func filters() -> Set<String> {
            wasAsked = true
            return []
        }
        let filter = PictureFilter(for: stream, longestSide: 640, filters: filters())
        #expect(filter.isToneMapped == nil && filter.notes.isEmpty && !wasAsked)
    }

    @Test func knowsTheOptionsNameByVersion() {
        for old in ["4.4.2-0ubuntu0.22.04.1", "5.0.1"] {
            #expect(FFmpegProgram.passthrough(of: old) == ["-vsync", "passthrough"])
        }
        for new in ["5.1.9-0+deb12u1", "7.1", "n6.1.1", "N-109000-g1234", nil] {
            #expect(FFmpegProgram.passthrough(of: new) == ["-fps_mode", "passthrough"])
        }
    }
}
