import Foundation
import Imaging
import TestSupport
import Testing

@testable import ImageCodecs

@Suite struct EncoderTests {
    private func noise(width: Int, height: Int) -> Image {
        var generator = SeededGenerator(seed: 2)
        return Image(width: width, height: height, pixels: generator.bytes(width * height * 3))
    }

    @Test(arguments: [(1, 1), (13, 9), (1, 200), (301, 2)])
    func pngGivesBackEveryPixel(width: Int, height: Int) throws {
        let image = noise(width: width, height: height)
        let decoded = try ImageDecoder.decodeWithDetails(ImageEncoder.png(image))
        #expect(decoded.image == image && decoded.format == .png)
    }

    @Test func jpegStaysCloseAndLowQualityIsSmaller() throws {
        let image = try ImageDecoder.decode(Fixture.bytes("rgb420.jpg"))
        let fine = try ImageEncoder.jpeg(image, quality: 95)
        let coarse = try ImageEncoder.jpeg(image, quality: 20)
        #expect(coarse.count < fine.count)
        let decoded = try ImageDecoder.decodeWithDetails(fine)
        #expect(decoded.format == .jpeg)
        let difference = zip(decoded.image.pixels, image.pixels).map { abs(Int($0) - Int($1)) }.max() ?? .max
        #expect(difference <= 12, "\(difference)")
    }

    @Test func writingReplacesTheFile() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try ImageEncoder.write(noise(width: 90, height: 70), to: path)
        let small = noise(width: 3, height: 2)
        try ImageEncoder.write(small, to: path)
        #expect(try ImageDecoder.decode(contentsOf: path) == small)
        try ImageEncoder.write(small, to: path, as: .jpeg(quality: 80))
        #expect(try ImageDecoder.decodeWithDetails(contentsOf: path).format == .jpeg)
    }

    /// Whoever has the old file open reads the whole of it; the new one has its name, its rights and its links.
    @Test func aFileIsReplacedAndNeverWrittenInPlace() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // As long a name as file systems allow.
        let name = String(repeating: "a", count: 251) + ".png"
        let (path, link) = (folder.appendingPathComponent(name).path, folder.appendingPathComponent("link.png").path)
        try ImageEncoder.write(noise(width: 90, height: 70), to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: name)
        let old = try Data(contentsOf: URL(fileURLWithPath: path))
        let reader = try #require(FileHandle(forReadingAtPath: path))

        let new = noise(width: 5, height: 4)
        try ImageEncoder.write(new, to: link)
        #expect(try reader.readToEnd() == old)
        #expect(try ImageDecoder.decode(contentsOf: path) == new)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == name)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [name, "link.png"])
        try ImageEncoder.write(new, to: "/dev/null")
        #expect(try !FileManager.default.contentsOfDirectory(atPath: "/dev").contains { $0.hasSuffix(".partial") })
    }

    @Test func aFolderIsNoFile() {
        #expect(throws: ImageEncodingError.unwritableFile(path: "/tmp", code: EISDIR)) {
            try ImageEncoder.write(noise(width: 1, height: 1), to: "/tmp")
        }
    }

    @Test func whatCannotBeWrittenIsAnErrorWithItsCode() {
        let image = noise(width: 1, height: 1)
        #expect(throws: ImageEncodingError.unwritableFile(path: "/missing/folder/a.png", code: ENOENT)) {
            try ImageEncoder.write(image, to: "/missing/folder/a.png")
        }
        let wide = Image(width: 65_536, height: 1, filledWith: .black)
        #expect(throws: ImageEncodingError.sideTooLong(width: 65_536, height: 1, limit: 65_535)) {
            try ImageEncoder.jpeg(wide)
        }
    }

    @Test func manyTasksDecodeAtOnce() async throws {
        let names = ["rgb.png", "rgba.png", "interlaced.png", "rgb420.jpg", "progressive.jpg", "cmyk.jpg"]
        let files = try names.map { try Fixture.bytes($0) }
        let expected = try files.map { try ImageDecoder.decode($0) }
        try await withThrowingTaskGroup(of: (Int, Image).self) { group in
            for round in 0..<60 {
                group.addTask { (round % files.count, try ImageDecoder.decode(files[round % files.count])) }
            }
            for try await (index, image) in group { #expect(image == expected[index]) }
        }
    }
}
