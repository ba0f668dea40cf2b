/// Sixteen outputs in four registers: four channels of four neighbouring pixels, or sixteen channels of one.
///
/// So many that none waits for its own last addition, and few enough that a depthwise convolution's taps have room beside
/// them.
struct FourVectors {
    var first: SIMD4<Float>
    var second: SIMD4<Float>
    var third: SIMD4<Float>
    var fourth: SIMD4<Float>

    @inline(__always)
    init(repeating value: SIMD4<Float>) { (first, second, third, fourth) = (value, value, value, value) }

    /// Sixteen floats in a row.
    @inline(__always)
    init(_ source: UnsafePointer<Float>) {
        (first, second, third, fourth) = (
            source.loadFour(0), source.loadFour(4), source.loadFour(8), source.loadFour(12)
        )
    }

    /// Four floats from each of four places.
    @inline(__always)
    init(_ source: UnsafePointer<Float>, apart distance: Int) {
        (first, second, third, fourth) = (
            source.loadFour(0), (source + distance).loadFour(0), (source + distance + distance).loadFour(0),
            (source + distance + distance + distance).loadFour(0)
        )
    }

    var sum: SIMD4<Float> {
        @inline(__always) get { (first + second) + (third + fourth) }
    }

    @inline(__always)
    mutating func add(_ other: FourVectors) {
        first += other.first
        second += other.second
        third += other.third
        fourth += other.fourth
    }

    @inline(__always)
    func store(to target: UnsafeMutablePointer<Float>, apart distance: Int) {
        target.storeFour(first, 0)
        (target + distance).storeFour(second, 0)
        (target + distance + distance).storeFour(third, 0)
        (target + distance + distance + distance).storeFour(fourth, 0)
    }

    @inline(__always)
    mutating func apply(_ activation: Activation) {
        activation.withFunction { function in transform { function($0, .zero) } }
    }

    @inline(__always)
    private mutating func transform(_ function: (SIMD4<Float>) -> SIMD4<Float>) {
        (first, second, third, fourth) = (function(first), function(second), function(third), function(fourth))
    }
}
