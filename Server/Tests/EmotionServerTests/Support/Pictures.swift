import EmotionDetection
import Foundation
import ImageCodecs

/// Pictures that the tests send.
enum Pictures {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The bundled photograph of an astronaut, whole.
    static let astronautPath = repository.appendingPathComponent(
        "Tests/EmotionDetectionTests/Fixtures/astronaut.png"
    ).path

    static let astronaut: [UInt8] = (FileManager.default.contents(atPath: astronautPath)).map { [UInt8]($0) } ?? []

    /// The head and shoulders of the astronaut as a webcam would see them, moved and lit a little differently for each
    /// `number`, so that no two are the same.
    static func webcam(_ number: Int = 0) throws -> [UInt8] {
        let whole = try ImageDecoder.decode(astronaut)
        let shift = Double(number % 7)
        let crop = whole.resized(
            from: Rect(x: 60 + shift, y: 0, width: 320, height: 240), to: Size(height: 240, width: 320))
        return try ImageEncoder.jpeg(crop, quality: 88 + number % 5)
    }

    /// As ``webcam(_:)``, with the smile blurred: what is left of the face is at rest.
    static func resting(_ number: Int = 0) throws -> [UInt8] {
        let whole = try ImageDecoder.decode(astronaut)
        let mouth = Rect(x: 185, y: 115, width: 77, height: 60)
        let coarse = whole.resized(from: mouth, to: Size(height: 8, width: 10))
        let soft = coarse.resized(from: coarse.bounds, to: Size(height: 60, width: 77))
        var pixels = whole.pixels
        for row in 0..<60 {
            let target = ((115 + row) * whole.width + 185) * 3
            pixels.replaceSubrange(target..<target + 77 * 3, with: soft.pixels[row * 77 * 3..<(row + 1) * 77 * 3])
        }
        let crop = Image(width: whole.width, height: whole.height, pixels: pixels).resized(
            from: Rect(x: 60, y: 0, width: 320, height: 240), to: Size(height: 240, width: 320))
        return try ImageEncoder.jpeg(crop, quality: 85 + number % 5)
    }

    /// Even gray, in which nobody is to be seen.
    static func empty(side: Int = 320) throws -> [UInt8] {
        try ImageEncoder.jpeg(Image(width: side, height: side, pixels: [UInt8](repeating: 128, count: side * side * 3)))
    }

    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// A form with the parts given, each with the rest of its header.
    static func form(_ parts: [(header: String, content: [UInt8])], boundary: String = "XyZ") -> [UInt8] {
        var body: [UInt8] = []
        for part in parts {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; \(part.header)\r\n\r\n".utf8)
            body += part.content + Array("\r\n".utf8)
        }
        return body + Array("--\(boundary)--\r\n".utf8)
    }
}
