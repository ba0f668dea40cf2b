import Foundation

/// Files of the repository that the tests read.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let astronaut = path("Tests/EmotionDetectionTests/Fixtures/astronaut.png")
    static let photograph = path("Tests/ImageCodecsTests/Fixtures/rgb420.jpg")
    static let emotionWeights = path("Weights/efficientnet_b2_fer2013.safetensors")
    static let detectorWeights = path("Weights/mtcnn.safetensors")

    /// A file by its place in the checkout.
    static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    /// The path of `name` in the folder `shared` beside the repository; nil, with a printed reason, where it is absent.
    static func shared(_ name: String) -> String? {
        let path = root.appendingPathComponent("../shared/\(name)").standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: path) else {
            print("skipped: ../shared/\(name) is absent")
            return nil
        }
        return path
    }
}

/// Pictures that are small enough to stand in a test, in the PNG format.
enum TinyPicture {
    /// 48×48 pixels of gray.
    static let gray = data(
        "iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAAAAAByaaZbAAAAIElEQVR42mNoIBEwjGoY1TCqYVTDqIZR",
        "DaMaRjWMLA0AP1OAPa8cPpEAAAAASUVORK5CYII=")
    /// 1×1 pixel.
    static let onePixel = data(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==")
    /// 8192×1 white pixels.
    static let thin = data(
        "iVBORw0KGgoAAAANSUhEUgAAIAAAAAABAQAAAABeMB3NAAAAEUlEQVR42mP4PwpGwSgYsQAAeaf8LkcVgn0AAAAASUVORK5CYII=")
    /// The header of a picture of 60,000×60,000 pixels, and nothing after it.
    static let enormousHeader = data("iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAAPsOIV")

    private static func data(_ base64: String...) -> Data { Data(base64Encoded: base64.joined()) ?? Data() }
}
