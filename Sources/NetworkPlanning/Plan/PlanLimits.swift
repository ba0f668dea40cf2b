/// How large the pieces of a planned network are at most, so that what is written and read again stays in a cache.
package enum PlanLimits {
    /// Floats of a slab at most, half of a usual second-level cache of 512 KiB, unless a single window is larger.
    package static let slabFloats = 65_536

    /// Activations that a run of a projection has at most, unless it would be of too few pixels: three quarters of a usual
    /// second-level cache of 512 KiB. Each run reads all weights, so that few are better.
    package static let runFloats = 98_304

    /// Channels of a slice at most: a window's rows then stay in the first-level cache, and the weights of a late block are
    /// read from memory once.
    package static let widestSlice = 112
}
