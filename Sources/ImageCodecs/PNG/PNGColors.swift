#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Turns samples as a PNG stores them into 8-bit RGB, as libpng does for ``PNGDecoder``: transparency on white, gamma where
/// the file states one.
struct PNGColors {
    private let layout: PNGLayout
    /// Red, green and blue of each entry, on white; entries that the file lacks are black.
    private var palette: [SIMD3<UInt8>] = []
    /// The samples that are transparent in a picture without alpha.
    private var transparent: SIMD3<UInt16>?
    /// By which 8-bit samples are replaced; nil where they stay.
    private let gamma: [UInt8]?

    init(_ structure: PNGStructure) {
        layout = structure.layout
        // libpng leaves differences of a twentieth alone.
        gamma = structure.gamma.flatMap { gamma in
            let exponent = 1 / (gamma * 2.2)
            guard gamma > 0, abs(exponent - 1) >= 0.05 else { return nil }
            return (0..<256).map { UInt8((pow(Double($0) / 255, exponent) * 255).rounded()) }
        }
        let transparency = structure.transparency.map { ByteReader(bytes: $0) }
        switch layout.colorType {
        case .palette:
            let colors = ByteReader(bytes: structure.palette ?? UnsafeRawBufferPointer(start: nil, count: 0))
            palette = (0..<256).map { entry in
                let alpha = transparency?.byte(at: entry) ?? 255
                let color = SIMD3((0..<3).map { corrected(colors.byte(at: entry * 3 + $0) ?? 0) })
                return Self.onWhite(color, alpha)
            }
        case .gray: transparent = transparency?.uint16(at: 0).map { SIMD3(repeating: $0) }
        case .rgb:
            let samples = (0..<3).compactMap { transparency?.uint16(at: $0 * 2) }
            if samples.count == 3 { transparent = SIMD3(samples) }
        case .grayAlpha, .rgba: break
        }
    }

    /// The colour of the pixel `index` of a row.
    @inline(__always)
    func color(_ index: Int, in row: UnsafeBufferPointer<UInt8>) -> SIMD3<UInt8> {
        let first = index * layout.colorType.channels
        switch layout.colorType {
        case .palette: return palette[Int(sample(first, in: row))]
        case .gray:
            let value = sample(first, in: row)
            return opaque(SIMD3(repeating: value))
        case .rgb:
            return opaque(SIMD3(sample(first, in: row), sample(first + 1, in: row), sample(first + 2, in: row)))
        case .grayAlpha:
            let level = corrected(eightBit(sample(first, in: row)))
            return Self.onWhite(SIMD3(repeating: level), eightBit(sample(first + 1, in: row)))
        case .rgba:
            let color = SIMD3(
                corrected(eightBit(sample(first, in: row))), corrected(eightBit(sample(first + 1, in: row))),
                corrected(eightBit(sample(first + 2, in: row))))
            return Self.onWhite(color, eightBit(sample(first + 3, in: row)))
        }
    }

    /// The sample as stored, 0 to 2ᵈᵉᵖᵗʰ − 1.
    @inline(__always)
    private func sample(_ index: Int, in row: UnsafeBufferPointer<UInt8>) -> UInt16 {
        switch layout.depth {
        case 8: return UInt16(row[index])
        case 16: return UInt16(row[index * 2]) << 8 | UInt16(row[index * 2 + 1])
        default:
            let bit = index * layout.depth
            let shift = 8 - layout.depth - bit % 8
            return UInt16(row[bit / 8] >> UInt8(shift)) & (1 << UInt16(layout.depth) - 1)
        }
    }

    @inline(__always)
    private func opaque(_ samples: SIMD3<UInt16>) -> SIMD3<UInt8> {
        if samples == transparent { return SIMD3(repeating: 255) }
        return SIMD3(
            corrected(eightBit(samples.x)), corrected(eightBit(samples.y)), corrected(eightBit(samples.z)))
    }

    /// The sample in 0…255, rounded.
    @inline(__always)
    private func eightBit(_ sample: UInt16) -> UInt8 {
        switch layout.depth {
        case 8: UInt8(truncatingIfNeeded: sample)
        case 16: UInt8(truncatingIfNeeded: (UInt32(sample) * 255 + 32_895) >> 16)
        default: UInt8(truncatingIfNeeded: Int(sample) * 255 / (1 << layout.depth - 1))
        }
    }

    @inline(__always)
    private func corrected(_ level: UInt8) -> UInt8 { gamma.map { $0[Int(level)] } ?? level }

    @inline(__always)
    private static func onWhite(_ color: SIMD3<UInt8>, _ alpha: UInt8) -> SIMD3<UInt8> {
        func laid(_ level: UInt8) -> UInt8 { UInt8(255 - EightBit.product(UInt32(255 - level), UInt32(alpha))) }
        return alpha == 255 ? color : SIMD3(laid(color.x), laid(color.y), laid(color.z))
    }
}

/// Products of numbers that stand for 0…1 as 0…255.
enum EightBit {
    /// a·b / 255 rounded to nearest, without a division.
    ///
    /// - Precondition: both are at most 255.
    /// - Source: J. Blinn, "Three Wrongs Make a Right", IEEE CG&A 15(6), 1995.
    @inline(__always)
    static func product(_ a: UInt32, _ b: UInt32) -> UInt32 {
        let sum = a &* b &+ 128
        return (sum &+ sum >> 8) >> 8
    }
}
