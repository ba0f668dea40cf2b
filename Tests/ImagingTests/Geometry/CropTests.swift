import Testing

@testable import Imaging

@Suite struct CropTests {
    private let image = Image.noise(width: 10, height: 8, seed: 1)

    @Test(arguments: [
        (Rect(x: 2, y: 3, width: 4, height: 2), [2, 3, 4, 2]),
        (Rect(left: 1.9, top: 2.2, right: 5.9, bottom: 4.1), [1, 2, 4, 2]),
        (Rect(left: -3, top: -7.5, right: 2, bottom: 100), [0, 0, 2, 8]),
        (Rect(x: 3, y: 3, width: 0, height: -4), [3, 3, 1, 1]),
        (Rect(x: 50, y: 60, width: 5, height: 5), [9, 7, 1, 1]),
        (Rect(x: -50, y: -60, width: 5, height: 5), [0, 0, 1, 1]),
        (Rect(x: .nan, y: 1, width: 5, height: .infinity), [0, 1, 1, 7]),
    ])
    func edgesAreRoundedDownAndKeptInside(rect: Rect, expected: [Int]) {
        let region = PixelRegion(rect, in: image)
        #expect([region.x, region.y, region.width, region.height] == expected)
    }

    @Test func aCropHoldsThePixelsOfItsRegion() {
        let crop = image.cropped(to: Rect(x: 2, y: 3, width: 4, height: 2))
        #expect(crop.width == 4 && crop.height == 2)
        for y in 0..<2 {
            for x in 0..<4 { #expect(crop.pixel(x, y) == image.pixel(x + 2, y + 3)) }
        }
    }

    @Test func paddingSurroundsThePicture() {
        let color = Color(red: 1, green: 2, blue: 3)
        let padded = image.padded(left: 1, top: 2, right: 3, bottom: 4, with: color)
        #expect(padded.width == 14 && padded.height == 14)
        #expect(padded.cropped(to: Rect(x: 1, y: 2, width: 10, height: 8)) == image)
        for (x, y) in [(0, 5), (5, 1), (11, 5), (5, 10), (13, 13)] { #expect(padded.pixel(x, y) == [1, 2, 3]) }
    }
}
