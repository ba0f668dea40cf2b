/// Names for the dimensions of an activation tensor, `[N, H, W, C]`.
extension Tensor {
    /// Number of pictures, N.
    public var batch: Int { dimension(0) }
    /// Rows and columns of each picture, H and W.
    public var size: Size { Size(height: dimension(1), width: dimension(2)) }
    /// Channels of each pixel, C.
    public var channels: Int { dimension(3) }

    private func dimension(_ index: Int) -> Int {
        precondition(shape.rank == 4, "[N, H, W, C] expected, found \(shape)")
        return shape[index]
    }
}
