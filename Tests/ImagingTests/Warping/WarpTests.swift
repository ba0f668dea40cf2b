import Imaging
import PlaneGeometry
import Testing

@Suite struct WarpTests {
    private let image = Image.noise(width: 11, height: 9, seed: 6)

    /// The same by hand: unclamped position, four neighbours looked up one at a time.
    private func reference(
        _ transform: AffineTransform, size: Size, neighbour: (Int, Int) -> [UInt8]
    ) throws -> [Double] {
        let back = try #require(transform.inverse)
        var samples: [Double] = []
        for row in 0..<size.height {
            for column in 0..<size.width {
                let x = back.a * Double(column) + back.b * Double(row) + back.tx
                let y = back.c * Double(column) + back.d * Double(row) + back.ty
                let (x0, y0) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
                for channel in 0..<3 {
                    var sum = 0.0
                    for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                        let weight = (1 - abs(x - Double(x0 + dx))) * (1 - abs(y - Double(y0 + dy)))
                        sum += weight * Double(neighbour(x0 + dx, y0 + dy)[channel])
                    }
                    samples.append(sum)
                }
            }
        }
        return samples
    }

    /// A rounded sample may lie half a level away, and no more than the rounding errors beyond that.
    private func largestDifference(_ image: Image, _ reference: [Double]) -> Double {
        image.pixels.count == reference.count
            ? zip(image.pixels, reference).map { abs(Double($0) - $1) }.max() ?? .infinity : .infinity
    }

    private let transforms = [
        AffineTransform.identity, .rotation(by: 0.5, scale: 1.2, around: Point(x: 5, y: 4)),
        AffineTransform(a: 0.7, b: 0.3, tx: -2.5, c: -0.1, d: 1.4, ty: 3.25),
        AffineTransform(a: -1, b: 0, tx: 10, c: 0, d: 1, ty: 0),
    ]

    @Test func everySampleLiesBetweenItsFourNeighbours() throws {
        let size = Size(height: 13, width: 12)
        for transform in transforms {
            let gray = Color(red: 7, green: 80, blue: 200)
            let constant = try reference(transform, size: size) { x, y in
                (0..<11).contains(x) && (0..<9).contains(y) ? image.pixel(x, y) : [7, 80, 200]
            }
            #expect(largestDifference(image.warped(by: transform, to: size, border: .constant(gray)), constant) < 0.501)
            let replicate = try reference(transform, size: size) { x, y in
                image.pixel(min(max(x, 0), 10), min(max(y, 0), 8))
            }
            #expect(largestDifference(image.warped(by: transform, to: size, border: .replicate), replicate) < 0.501)
            let reflect = try reference(transform, size: size) { x, y in
                let columns = (0..<11) + (0..<11).reversed()
                let rows = (0..<9) + (0..<9).reversed()
                return image.pixel(columns[((x % 22) + 22) % 22], rows[((y % 18) + 18) % 18])
            }
            #expect(largestDifference(image.warped(by: transform, to: size, border: .reflect), reflect) < 0.501)
        }
    }

    @Test func theIdentityChangesNothingAndMirroringFlips() {
        #expect(image.warped(by: .identity, to: image.size) == image)
        #expect(image.warped(by: transforms[3], to: image.size) == image.horizontallyFlipped())
    }

    @Test func aQuarterTurnIsClockwise() {
        let square = Image.noise(width: 7, height: 7, seed: 2)
        let turn = AffineTransform.rotation(by: .pi / 2, around: Point(x: 3, y: 3))
        #expect(square.warped(by: turn, to: square.size, border: .replicate) == square.rotated(quarterTurns: 1))
    }

    @Test func farPositionsShowTheBorder() {
        let away = AffineTransform(a: 1, b: 0, tx: 1e300, c: 0, d: 1, ty: -1e300)
        let color = Color(hex: 0x102030)
        #expect(
            image.warped(by: away, to: Size(side: 2), border: .constant(color))
                == Image(width: 2, height: 2, filledWith: color))
    }

    @Test func collapsedPlanesHaveNoWayBack() throws {
        #expect(AffineTransform(a: 1, b: 2, tx: 0, c: 2, d: 4, ty: 0).inverse == nil)
        #expect(AffineTransform(a: .nan, b: 2, tx: 0, c: 2, d: 4, ty: 0).inverse == nil)
        let point = Point(x: 3, y: -8)
        let inverse = try #require(transforms[2].inverse)
        let back = inverse(transforms[2](point))
        #expect(abs(back.x - point.x) < 1e-12 && abs(back.y - point.y) < 1e-12)
    }
}
