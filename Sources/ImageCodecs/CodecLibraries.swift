import CPNG

/// The libraries that decode and encode pictures.
public enum CodecLibraries {
    /// The version of libpng, such as `1.6.39`.
    public static var pngVersion: String { String(cString: png_get_libpng_ver(nil)) }
}
