import Imaging
import Testing

@Suite struct TurnTests {
    /// Gray levels 1, 2, 3 over 4, 5, 6.
    private let image = TurnTests.image([[1, 2, 3], [4, 5, 6]])

    private static func image(_ rows: [[UInt8]]) -> Image {
        Image(width: rows[0].count, height: rows.count, pixels: rows.joined().flatMap { [$0, $0, $0] })
    }

    @Test(arguments: [
        (Orientation.up, [[1, 2, 3], [4, 5, 6]]), (.upMirrored, [[3, 2, 1], [6, 5, 4]]),
        (.down, [[6, 5, 4], [3, 2, 1]]), (.downMirrored, [[4, 5, 6], [1, 2, 3]]),
        (.leftMirrored, [[1, 4], [2, 5], [3, 6]]), (.right, [[4, 1], [5, 2], [6, 3]]),
        (.rightMirrored, [[6, 3], [5, 2], [4, 1]]), (.left, [[3, 6], [2, 5], [1, 4]]),
    ])
    func eachOrientationIsTurnedUpright(orientation: Orientation, rows: [[UInt8]]) {
        #expect(image.upright(from: orientation) == TurnTests.image(rows))
    }

    @Test func quarterTurnsGoClockwise() {
        #expect(image.rotated(quarterTurns: 1) == TurnTests.image([[4, 1], [5, 2], [6, 3]]))
        #expect(image.rotated(quarterTurns: 2) == TurnTests.image([[6, 5, 4], [3, 2, 1]]))
        #expect(image.rotated(quarterTurns: -1) == TurnTests.image([[3, 6], [2, 5], [1, 4]]))
        #expect(image.rotated(quarterTurns: -7) == image.rotated(quarterTurns: 1))
        #expect(image.rotated(quarterTurns: 8) == image)
    }

    @Test func flippingExchangesLeftAndRight() {
        #expect(image.horizontallyFlipped() == TurnTests.image([[3, 2, 1], [6, 5, 4]]))
    }
}
