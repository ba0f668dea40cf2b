import Imaging

/// PNG pictures beyond the limit at a half, a quarter or an eighth of their size, row by row: the whole is never in memory.
///
/// Each pixel is the mean of those it stands for. Of an interlaced picture the passes are read that make up the smaller
/// one, each pixel one of those it stands for.
enum PNGReducer {
    static func decode(_ structure: PNGStructure) throws(ImageDecodingError) -> Image {
        let rows = try PNGRows(structure)
        let colors = PNGColors(structure)
        return structure.layout.isInterlaced
            ? try interlaced(structure, rows, colors) : try averaged(structure, rows, colors)
    }

    private static func averaged(
        _ structure: PNGStructure, _ rows: PNGRows, _ colors: PNGColors
    ) throws(ImageDecodingError) -> Image {
        let reduction = structure.reduction
        let width = DecodingLimits.reduced(structure.width, by: reduction)
        let height = DecodingLimits.reduced(structure.height, by: reduction)
        rows.begin(byteCount: structure.layout.bytes(inRowOf: structure.width))
        var sums = [SIMD3<UInt16>](repeating: .zero, count: width)
        return try Image(width: width, height: height) { target throws(ImageDecodingError) in
            for y in 0..<height {
                let lines = min(reduction, structure.height - y * reduction)
                for index in sums.indices { sums[index] = .zero }
                for _ in 0..<lines {
                    try rows.next { row in
                        for x in 0..<structure.width {
                            sums[x / reduction] &+= SIMD3(truncatingIfNeeded: colors.color(x, in: row))
                        }
                    }
                }
                for x in 0..<width {
                    let count = UInt16(lines * min(reduction, structure.width - x * reduction))
                    let mean = (sums[x] &+ count / 2) / count
                    for channel in 0..<3 {
                        target[(y * width + x) * 3 + channel] = UInt8(truncatingIfNeeded: mean[channel])
                    }
                }
            }
        }
    }

    private static func interlaced(
        _ structure: PNGStructure, _ rows: PNGRows, _ colors: PNGColors
    ) throws(ImageDecodingError) -> Image {
        let reduction = structure.reduction
        let width = DecodingLimits.reduced(structure.width, by: reduction)
        let height = DecodingLimits.reduced(structure.height, by: reduction)
        return try Image(width: width, height: height) { target throws(ImageDecodingError) in
            for pass in PNGLayout.passes(for: reduction) {
                let columns = (structure.width - pass.x + pass.columns - 1) / pass.columns
                guard structure.width > pass.x, structure.height > pass.y else { continue }
                rows.begin(byteCount: structure.layout.bytes(inRowOf: columns))
                for y in stride(from: pass.y, to: structure.height, by: pass.rows) {
                    try rows.next { row in
                        for column in 0..<columns {
                            let x = (pass.x + column * pass.columns) / reduction
                            let color = colors.color(column, in: row)
                            for channel in 0..<3 {
                                target[(y / reduction * width + x) * 3 + channel] = color[channel]
                            }
                        }
                    }
                }
            }
        }
    }
}
