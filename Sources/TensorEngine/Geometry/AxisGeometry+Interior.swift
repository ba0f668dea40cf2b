extension AxisGeometry {
    /// The taps of an output's window that find an input.
    package func taps(ofOutput index: Int) -> Range<Int> {
        let first = index * stride - before
        return max(-first, 0)..<min(kernel, input - first)
    }

    /// The outputs whose whole window lies inside the input.
    package var interior: Range<Int> {
        let first = (before + stride - 1) / stride
        let last = input - kernel + before < 0 ? -1 : (input - kernel + before) / stride
        return first..<max(min(last + 1, output), first)
    }
}
