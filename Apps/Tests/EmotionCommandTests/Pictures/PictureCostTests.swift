import Foundation
import Testing

/// What a picture may cost, with and without a face: limits on processor time and memory, which are far above what is
/// measured on an idle machine (`Docs/Performance.md`). Pictures are made of the bundled portrait and of ffmpeg's fractal.
@Suite(.serialized, .enabled(if: Programs.haveFFmpeg, "ffmpeg is not on the search path"))
struct PictureCostTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The portrait in the middle of a gray picture, or a fractal without a face.
    private func picture(_ name: String, width: Int, height: Int, face: Bool) throws -> String {
        let source =
            face
            ? ["-i", Repository.astronaut, "-vf", "scale=\(height):\(height),pad=\(width):\(height):(ow-iw)/2:0:gray"]
            : [
                "-f", "lavfi", "-i", "mandelbrot=size=\(width / 4)x\(height / 4):rate=1", "-vf",
                "scale=\(width):\(height)",
            ]
        let options = ["-frames:v", "1", "-pix_fmt", name.hasSuffix("png") ? "rgb24" : "yuvj420p", "-q:v", "3"]
        try Programs.ffmpeg(source + options + [folder.path(name)])
        return folder.path(name)
    }

    /// The cheaper of two runs: whatever else the machine does makes one dearer, and never cheaper.
    private func cost(of path: String) throws -> (seconds: Double, megabytes: Double, faces: Int)? {
        guard let first = try MeasuredCommand("detect", "--json", path),
            let second = try MeasuredCommand("detect", "--json", path)
        else { return nil }
        let faces = try #require(first.command.objects().first?["faces"] as? [Any])
        return (
            min(first.processorSeconds, second.processorSeconds), max(first.peakMegabytes, second.peakMegabytes),
            faces.count
        )
    }

    @Test(arguments: [("0.3.jpg", 640, 480), ("2.jpg", 1632, 1224), ("12.jpg", 4000, 3000), ("16.png", 4096, 4096)])
    func aPictureWithoutAFaceCostsAtMostThreeTimesOneWith(name: String, width: Int, height: Int) throws {
        let face = try cost(of: picture("face-" + name, width: width, height: height, face: true))
        let none = try cost(of: picture("none-" + name, width: width, height: height, face: false))
        guard let face, let none else { return }
        #expect(face.faces == 1 && none.faces == 0)
        #expect(none.seconds <= 3 * face.seconds, "\(none.seconds) s and \(face.seconds) s")
        for picture in [face, none] {
            if width * height == 12_000_000 { #expect(picture.seconds <= 1.5, "\(picture)") }
            #expect(picture.megabytes <= 200, "\(picture)")
        }
    }

    /// 104 bytes once took eight seconds and 400 MB.
    @Test func aThinPictureIsCheap() throws {
        guard let cost = try cost(of: folder.file("thin.png", TinyPicture.thin)) else { return }
        #expect(cost.seconds < 0.5 && cost.megabytes < 100, "\(cost)")
    }

    /// The largest that is read, as rows are (PNG) and as blocks are (JPEG), within the memory of a quarter of it.
    @Test(arguments: ["64.png", "64.jpg"])
    func sixtyFourMegapixelsAreReadInLittleMemory(name: String) throws {
        let path = folder.path(name)
        try Programs.ffmpeg([
            "-i", Repository.astronaut, "-vf", "scale=6000:6000,pad=8192:8192:1000:2000:gray", "-frames:v", "1",
            "-pix_fmt", name.hasSuffix("png") ? "rgb24" : "yuvj420p", "-q:v", "3", path,
        ])
        guard let run = try MeasuredCommand("detect", "--json", path) else { return }
        #expect(run.command.status == 0, "\(run.command.messages)")
        let object = try #require(run.command.objects().first)
        #expect(object["image_size"] as? [Int] == [8192, 8192] && object["reduced_by"] as? Int == 2)
        let face = try #require((object["faces"] as? [[String: Any]])?.first)
        let box = try #require(face["face_box"] as? [Double])
        // Left 181, top 62, width 87, height 110 in the photograph of 512 pixels.
        let factor = 6000.0 / 512
        for (value, wanted) in zip(box, [181 * factor + 1000, 62 * factor + 2000, 87 * factor, 110 * factor]) {
            // A tenth of the face: at half the size it is still larger than those that the networks were trained on.
            #expect(abs(value - wanted) < 0.1 * 110 * factor, "\(box)")
        }
        print("\(name): \(run.processorSeconds) s of processors, \(run.peakMegabytes) MB")
        // Decoded whole it would have 201 MB, in addition to those of the file.
        #expect(run.peakMegabytes < 200, "\(run.peakMegabytes)")
    }
}
