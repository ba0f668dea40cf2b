/// A place in memory: base + index + displacement, in bytes.
struct Address: Hashable, Sendable {
    let base: GeneralRegister
    let index: GeneralRegister?
    let displacement: Int32

    /// - Precondition: the displacement fits 32 bits, and the index is not `rsp`, which the encoding cannot express.
    init(_ base: GeneralRegister, index: GeneralRegister? = nil, _ displacement: Int = 0) {
        precondition(Int(Int32(truncatingIfNeeded: displacement)) == displacement, "displacement \(displacement)")
        precondition(index != .rsp, "rsp cannot be an index")
        self.base = base
        self.index = index
        self.displacement = Int32(truncatingIfNeeded: displacement)
    }
}
