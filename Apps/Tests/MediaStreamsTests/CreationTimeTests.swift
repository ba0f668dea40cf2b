import Testing

@testable import MediaStreams

/// What ffprobe prints of a recording's date.
@Suite struct CreationTimeTests {
    @Test func takesTheFirstLineThatNamesIt() {
        let text = """
            TAG:creation_time=2026-01-31T08:30:00.000000Z
            TAG:creation_time=2026-02-01T00:00:00.000000Z

            """
        #expect(FFmpeg.creationTime(in: text) == "2026-01-31T08:30:00.000000Z")
    }

    @Test func otherTagsAreNoDate() {
        #expect(FFmpeg.creationTime(in: "TAG:language=eng\nTAG:creation_time=2026-01-31\n") == "2026-01-31")
        #expect(FFmpeg.creationTime(in: "") == nil)
        #expect(FFmpeg.creationTime(in: "TAG:comment=TAG:creation_time=2026-01-31\n") == nil)
        #expect(FFmpeg.creationTime(in: "creation_time=2026-01-31\n") == nil)
    }
}
