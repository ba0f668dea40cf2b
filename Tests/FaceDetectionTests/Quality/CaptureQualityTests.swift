import FaceDetection
import Imaging
import TensorEngine
import Testing

@Suite struct CaptureQualityTests {
    private let side = 100

    /// Stripes in two shades, softened over `blur` pixels.
    private func picture(_ dark: Double = 80, _ light: Double = 160, width: Int = 8, blur: Int = 1) -> Image {
        let row = (0..<side).map { x -> UInt8 in
            let lit = (x..<(x + blur)).count { $0 / width % 2 == 1 }
            return UInt8(dark + (light - dark) * Double(lit) / Double(blur))
        }
        let pixels = row.flatMap { [$0, $0, $0] }
        return Image(width: side, height: side, pixels: (0..<side).flatMap { _ in pixels })
    }

    private func face(x: Double = 18, side: Double = 64, landmarks: Landmarks? = nil) -> DetectedFace {
        DetectedFace(
            imageBox: Rect(x: x, y: 18, width: side, height: side), score: 1, landmarks: landmarks, stage: .mtcnn)
    }

    @Test func wellCapturedFaceHasNoIssue() {
        let quality = CaptureQuality(of: face(), in: picture())
        #expect(quality.isGoodEnough)
        #expect(quality.issue == nil)
        // Half of the 64 pixels 80, half 160: mean 120, deviation 40.
        #expect(abs(quality.brightness - 120.0 / 255) < 1e-12)
        #expect(abs(quality.contrast - 40.0 / 255) < 1e-12)
        // Edges after every 8 pixels: 16 of 62 inner columns next to one have a Laplacian of ±80.
        #expect(abs(quality.sharpness - 16.0 / 62 * 6400 / 1600) < 1e-9)
        #expect(quality.sidePixels == 64)
        #expect(quality.visiblePart == 1)
    }

    @Test func eachFaultIsNamed() {
        func issues(_ image: Image, _ face: DetectedFace) -> [CaptureIssue] {
            CaptureQuality(of: face, in: image).issues
        }
        #expect(issues(picture(5, 40), face()) == [.tooDark])
        #expect(issues(picture(215, 255), face()) == [.tooBright])
        #expect(issues(picture(100, 110), face()) == [.lowContrast])
        #expect(issues(picture(width: 32), face()) == [])
        #expect(issues(picture(width: 32, blur: 32), face()) == [.blurred])
        #expect(issues(picture(), face(x: -32)).first == .cutOff)
        #expect(issues(picture(), face(side: 36)).first == .tooSmall)
    }

    @Test func theScoreSaysHowNearTheWorstMeasureComesToItsLimit() {
        #expect(CaptureQuality(of: face(), in: picture()).score == 1)
        #expect(abs(CaptureQuality(of: face(side: 36), in: picture()).score - 36.0 / 40) < 1e-12)
        // Half of the pixels 5, half 40.
        #expect(abs(CaptureQuality(of: face(), in: picture(5, 40)).score - 22.5 / 255 / 0.15) < 1e-12)
        // An eighth of the face is outside.
        #expect(abs(CaptureQuality(of: face(x: -8), in: picture()).score - 0.875 / 0.9) < 1e-12)
        var strict = CaptureQuality.Limits()
        (strict.largestRoll, strict.leastSharpness, strict.brightness) = (0, 0, 0...1)
        #expect(CaptureQuality(of: face(), in: picture(0, 255), limits: strict).score == 1)
    }

    @Test func darknessIsNotBlur() {
        let (bright, dark) = (picture(80, 160), picture(10, 20))
        let difference =
            CaptureQuality(of: face(), in: bright).sharpness - CaptureQuality(of: face(), in: dark).sharpness
        #expect(abs(difference) < 1e-9)
    }

    @Test func poseIsNamed() {
        func issue(noseX: Double = 50, noseY: Double = 50, tilt: Double = 0) -> CaptureIssue? {
            let landmarks = Landmarks(
                leftEye: Point(x: 35, y: 33 - tilt), rightEye: Point(x: 65, y: 33 + tilt),
                nose: Point(x: noseX, y: noseY), mouthLeft: Point(x: 38 - tilt, y: 68),
                mouthRight: Point(x: 62 - tilt, y: 68))
            return CaptureQuality(of: face(landmarks: landmarks), in: picture()).issue
        }
        #expect(issue() == nil)
        #expect(issue(noseX: 64) == .turnedAside)
        // The pitch follows the smile and is held against nothing.
        #expect(issue(noseY: 38) == nil)
        #expect(issue(noseY: 65) == nil)
        #expect(issue(noseX: 46, tilt: 12) == .tilted)
    }

    @Test func everyIssueSaysWhatToDo() {
        let messages = CaptureIssue.allCases.map(\.message)
        #expect(Set(messages).count == CaptureIssue.allCases.count)
        #expect(messages.allSatisfy { $0.contains(":") && $0.hasSuffix(".") })
    }
}
