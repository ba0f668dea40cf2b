/// Eight by eight elements, by their bits, read row by row and handed out column by column.
struct TransposedTile<Element: FixedWidthInteger & SIMDScalar> {
    typealias Vector = SIMD8<Element>

    private var rows: (Vector, Vector, Vector, Vector, Vector, Vector, Vector, Vector)

    /// - Parameters:
    ///   - offset: bytes before the first row.
    ///   - pitch: bytes from one row to the next.
    @inline(__always)
    init(_ source: UnsafeRawBufferPointer, at offset: Int, pitch: Int) {
        func row(_ index: Int) -> Vector {
            source.loadUnaligned(fromByteOffset: offset + index * pitch, as: Vector.self)
        }
        rows = (row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7))
        // Each round brings neighbours together that lay half as far apart as in the one before.
        interleave()
        interleave()
        interleave()
    }

    @inline(__always)
    func forEachRow(_ body: (Int, Vector) -> Void) {
        body(0, rows.0)
        body(1, rows.1)
        body(2, rows.2)
        body(3, rows.3)
        body(4, rows.4)
        body(5, rows.5)
        body(6, rows.6)
        body(7, rows.7)
    }

    @inline(__always)
    private mutating func interleave() {
        rows = (
            Self.lower(rows.0, rows.4), Self.upper(rows.0, rows.4), Self.lower(rows.1, rows.5),
            Self.upper(rows.1, rows.5), Self.lower(rows.2, rows.6), Self.upper(rows.2, rows.6),
            Self.lower(rows.3, rows.7), Self.upper(rows.3, rows.7)
        )
    }

    @inline(__always)
    private static func lower(_ a: Vector, _ b: Vector) -> Vector {
        Vector(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3])
    }

    @inline(__always)
    private static func upper(_ a: Vector, _ b: Vector) -> Vector {
        Vector(a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7])
    }
}
