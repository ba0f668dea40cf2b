import Testing

@testable import Imaging

@Suite struct CanvasTests {
    private let white = Image(width: 40, height: 30, filledWith: .white)

    /// Sum over all pixels of how dark they became, 1 for each black one.
    private func ink(_ canvas: Canvas) -> Double {
        stride(from: 0, to: canvas.image.pixels.count, by: 3).reduce(0) {
            $0 + 1 - Double(canvas.image.pixels[$1]) / 255
        }
    }

    @Test func aRectangleOnWholePixelsHasSharpEdges() {
        var canvas = Canvas(white)
        canvas.fill(Rect(x: 3, y: 4, width: 10, height: 5), color: Color(hex: 0x123456))
        for y in 0..<30 {
            for x in 0..<40 {
                let isInside = (3..<13).contains(x) && (4..<9).contains(y)
                #expect(canvas.image.pixel(x, y) == (isInside ? [0x12, 0x34, 0x56] : [255, 255, 255]), "(\(x), \(y))")
            }
        }
    }

    @Test func opacityMixesTheColours() {
        var canvas = Canvas(white)
        canvas.fill(Rect(x: 0, y: 0, width: 5, height: 5), color: .black, opacity: 0.2)
        #expect(canvas.image.pixel(2, 2) == [204, 204, 204])
    }

    @Test func areasOfShapesAreThoseOfGeometry() {
        var disc = Canvas(white)
        disc.dot(at: Point(x: 20.3, y: 14.8), radius: 9, color: .black)
        #expect(abs(ink(disc) - .pi * 81) < 1)
        var line = Canvas(white)
        line.line(from: Point(x: 6, y: 5), to: Point(x: 30, y: 23), thickness: 4, color: .black)
        #expect(abs(ink(line) - (30 * 4 + .pi * 4)) < 1)
        var frame = Canvas(white)
        frame.outline(Rect(x: 5, y: 5, width: 30, height: 20), thickness: 2, color: .black)
        // The outer corners are rounded off by the pen: less than a pixel each.
        #expect(abs(ink(frame) - (32 * 22 - 28 * 18)) < 4)
        #expect(frame.image.pixel(20, 15) == [255, 255, 255])
        #expect(frame.image.pixel(5, 15) == [0, 0, 0])
    }

    @Test func anOutlineDoesNotDependOnTheHoleLeftOut() {
        let rect = Rect(x: 4.4, y: 3.7, width: 31, height: 22.2)
        var canvas = Canvas(white)
        canvas.outline(rect, cornerRadius: 5, thickness: 3, color: .black, opacity: 0.5)
        let shape = RoundedRectangle(rect, cornerRadius: 5)
        var everywhere = Canvas(white)
        everywhere.fill(within: white.bounds, color: .black, opacity: 0.5) { abs(shape.distance(x: $0, y: $1)) - 1.5 }
        #expect(canvas.image == everywhere.image)
    }

    @Test func whatLiesOutsideIsLeftOut() {
        var canvas = Canvas(white)
        canvas.dot(at: Point(x: -50, y: 10), radius: 5, color: .black)
        canvas.fill(Rect(x: 100, y: 100, width: 5, height: 5), color: .black)
        canvas.fill(Rect(x: 5, y: 5, width: 0, height: 5), color: .black)
        canvas.draw("off", at: Point(x: 400, y: -100), style: TextStyle(capitalHeight: 10, color: .black))
        #expect(canvas.image == white)
        canvas.fill(Rect(x: -10, y: -10, width: 1_000, height: 1_000), color: .black)
        #expect(canvas.image == Image(width: 40, height: 30, filledWith: .black))
    }

    @Test func textStaysWithinItsWidth() {
        let style = TextStyle(capitalHeight: 10, color: .black, weight: 1.7)
        let width = Canvas.width(of: "Ay%", style: style)
        var canvas = Canvas(white)
        canvas.draw("Ay%", at: Point(x: 4, y: 18), style: style)
        #expect(ink(canvas) > 40)
        for y in 0..<30 {
            for x in 0..<40 where canvas.image.pixel(x, y) != [255, 255, 255] {
                #expect(Double(x) + 1 >= 4 && Double(x) <= 4 + width, "(\(x), \(y))")
                #expect(y >= 6 && y <= 22, "(\(x), \(y))")
            }
        }
        #expect(Canvas.width(of: "", style: style) == 0)
        #expect(abs(Canvas.width(of: "AyAy", style: style) - 2 * Canvas.width(of: "Ay", style: style)) < 1e-9)
    }

    @Test func everyPrintableCharacterLeavesInkOfItsOwn() {
        let style = TextStyle(capitalHeight: 16, color: .black)
        var seen: [[UInt8]: Character] = [:]
        for character in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789%.,:;·!?-–+=×/()[]<>_'\"#°" {
            var canvas = Canvas(white)
            canvas.draw(String(character), at: Point(x: 4, y: 22), style: style)
            #expect(canvas.image != white, "\(character)")
            #expect(seen[canvas.image.pixels] == nil, "\(character) and \(seen[canvas.image.pixels] ?? " ") look alike")
            seen[canvas.image.pixels] = character
        }
    }
}
