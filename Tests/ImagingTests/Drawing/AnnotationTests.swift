import Imaging
import Testing

@Suite struct AnnotationTests {
    private let picture = Image(width: 240, height: 200, filledWith: Color(hex: 0x808080))
    private let face = FaceAnnotation(
        box: Rect(x: 60, y: 60, width: 60, height: 80), title: "happy", detail: "97 %", points: [Point(x: 90, y: 95)])

    @Test func theBoxHasTheColourOfTheTitle() {
        let drawn = picture.annotated(with: [face])
        #expect(drawn.pixel(60, 100) == [0xFF, 0xC5, 0x3D])
        #expect(drawn.pixel(90, 95) != [0x80, 0x80, 0x80])
        #expect(drawn.pixel(75, 125) == [0x80, 0x80, 0x80])
        #expect(drawn.pixel(230, 190) == [0x80, 0x80, 0x80])
    }

    @Test func unknownTitlesHaveAColourToo() {
        let style = AnnotationStyle.standard
        #expect(style.color(for: "Happy") == style.color(for: "happy"))
        #expect(style.color(for: "other") == style.fallbackColor)
        #expect(Set(style.colors.values).count == 7)
    }

    @Test func nothingToDrawChangesNothing() {
        #expect(picture.annotated(with: []) == picture)
    }

    @Test func scoresAreDrawnBesideASingleFaceOnly() {
        var scored = face
        scored.scores = [
            FaceAnnotation.Score(label: "sad", value: 0.5), FaceAnnotation.Score(label: "angry", value: 2),
        ]
        #expect(picture.annotated(with: [scored]) != picture.annotated(with: [face]))
        #expect(picture.annotated(with: [scored, scored]) == picture.annotated(with: [face, face]))
        var style = AnnotationStyle.standard
        style.showsScores = false
        #expect(picture.annotated(with: [scored], style: style) == picture.annotated(with: [face], style: style))
    }

    @Test func boxesBeyondThePictureAreDrawnAsFarAsTheyReach() {
        var far = face
        far.box = Rect(x: -30, y: -40, width: 500, height: 90)
        let drawn = picture.annotated(with: [far])
        #expect(drawn.width == 240 && drawn.height == 200)
        #expect(drawn.pixel(120, 50) == [0xFF, 0xC5, 0x3D])
        far.box = Rect(x: 1_000, y: 1_000, width: 1, height: 1)
        #expect(picture.annotated(with: [far]).size == picture.size)
    }
}
