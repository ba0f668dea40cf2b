/// Whether a network may run on machine code that is made for this processor when it is loaded.
public enum KernelChoice: String, Hashable, Sendable, CaseIterable {
    /// Made kernels where processor and operating system allow them, else the portable ones. The environment variable
    /// `SWIFT_EMOTION_KERNELS=portable` turns them off for the whole process.
    case automatic
    /// Never made kernels.
    case portable

    package var path: KernelPath { self == .portable ? .portable : .best }
}
