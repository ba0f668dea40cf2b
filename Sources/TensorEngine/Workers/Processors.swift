import COpenBLAS

/// What the operating system says about the processors this process may use.
package enum Processors {
    /// How many processors the scheduler may run this process on, at least 1; respects `taskset` and container limits
    /// that are set as an affinity mask.
    package static var available: Int { max(Int(openblas_get_num_procs()), 1) }
}
