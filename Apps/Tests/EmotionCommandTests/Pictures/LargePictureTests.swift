import EmotionDetection
import Foundation
import ImageCodecs
import Testing

/// Pictures beyond 16.7 megapixels, and files that are odd but whole, through the built command.
@Suite struct LargePictureTests {
    /// The astronaut at 4,500 pixels a side in a picture of 27 megapixels; nil, with the reason printed, without ffmpeg.
    private func enlarged(in folder: TemporaryFolder, as name: String) throws -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "ffmpeg", "-nostdin", "-loglevel", "quiet", "-i", Repository.astronaut, "-vf",
            "scale=4500:4500,pad=6000:4500:750:0:gray", folder.path(name),
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus != 127 else {
            print("skipped: no ffmpeg")
            return nil
        }
        return folder.path(name)
    }

    @Test(arguments: ["large.jpg", "large.png"])
    func boxesAreInThePicturesOwnPixels(name: String) throws {
        let folder = try TemporaryFolder()
        guard let path = try enlarged(in: folder, as: name) else { return }
        let command = try Command("detect", "--json", path)
        #expect(command.status == 0)
        let object = try #require(command.objects().first)
        #expect(object["image_size"] as? [Int] == [6000, 4500])
        #expect(object["reduced_by"] as? Int == 2)
        let face = try #require((object["faces"] as? [[String: Any]])?.first)
        let box = try #require(face["face_box"] as? [Double])
        // Left 181, top 62, width 87, height 110 in the photograph of 512 pixels.
        let expected = [181.0, 62, 87, 110].map { $0 * 4500 / 512 }
        for (value, wanted) in zip(box, [expected[0] + 750, expected[1], expected[2], expected[3]]) {
            #expect(abs(value - wanted) < 60, "\(box)")
        }
        let refused = try Command("detect", "--json", "--max-megapixels", "20", path)
        #expect(refused.status == 1)
        let error = try refused.objects().first?["error"] as? [String: String]
        #expect(error?["code"] == "limit_exceeded")
    }

    /// What is written has the size at which the picture was analysed, and the marks are where the face is in it.
    @Test(arguments: ["large.jpg", "large.png"])
    func theOverlayOfAReducedPictureMarksTheFaceInIt(name: String) throws {
        let folder = try TemporaryFolder()
        guard let path = try enlarged(in: folder, as: name) else { return }
        let overlay = folder.path("overlay.png")
        let command = try Command("analyze", "--json", path, "--overlay", overlay)
        #expect(command.status == 0)
        let box = try #require(command.objects().first?["face_box"] as? [Double]).map { $0 / 2 }
        let (plain, marked) = try (
            ImageDecoder.decode(contentsOf: path), ImageDecoder.decode(contentsOf: overlay)
        )
        #expect(marked.size == plain.size && marked.width == 3000 && marked.height == 2250)
        func differs(_ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>) -> Bool {
            rows.contains { y in
                columns.contains { x in
                    let pixel = (y * marked.width + x) * 3
                    return marked.pixels[pixel..<(pixel + 3)] != plain.pixels[pixel..<(pixel + 3)]
                }
            }
        }
        let (left, top, right, bottom) = (Int(box[0]), Int(box[1]), Int(box[0] + box[2]), Int(box[1] + box[3]))
        let (middle, centre) = ((top + bottom) / 2, (left + right) / 2)
        // Each side of the frame, and nothing a little inside of it or in the corner of the picture.
        #expect(differs((left - 4)...(left + 4), middle...middle))
        #expect(differs((right - 4)...(right + 4), middle...middle))
        #expect(differs(centre...centre, (top - 4)...(top + 4)))
        #expect(differs(centre...centre, (bottom - 4)...(bottom + 4)))
        #expect(!differs((left + 30)...(left + 60), middle...middle))
        #expect(!differs(0...100, 0...20))
    }

    @Test func limitsThatMakeNoSenseAreWrongUsage() throws {
        #expect(try Command("detect", "--max-megapixels", "0", Repository.astronaut).status == 2)
        #expect(try Command("detect", "--max-file-size", "0", Repository.astronaut).status == 2)
    }

    @Test func anOddFileIsReadWithAWarning() throws {
        let folder = try TemporaryFolder()
        let whole = try #require(FileManager.default.contents(atPath: Repository.photograph))
        let path = try folder.file("cut.jpg", whole.dropLast(2))
        let command = try Command("analyze", "--json", path)
        #expect([0, 3].contains(command.status))
        #expect(command.messages.contains("warning: the end of the file is missing"))
        #expect((try command.objects().first?["warnings"] as? [String])?.count == 1)
    }
}
