import COpenBLAS

/// The library that multiplies matrices: OpenBLAS.
public enum MatrixLibrary {
    /// Version and build options, such as `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …`.
    public static var configuration: String { String(cString: openblas_get_config()) }

    /// The processor family whose kernels the library chose at start, such as `Zen`.
    public static var kernelFamily: String { String(cString: openblas_get_corename()) }

    /// How many threads the library itself uses: held to one, since the worker pool divides the work.
    public static var threads: Int {
        _ = MatrixMultiply.holdsOpenBLASToOneThread
        return Int(openblas_get_num_threads())
    }
}
