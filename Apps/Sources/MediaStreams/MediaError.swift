import FileNames

/// Why a video cannot be read or written.
public enum MediaError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The program is not installed, or not on the search path.
    case missingProgram(String)
    /// The system refused to start the program.
    case notStarted(program: String, reason: String)
    /// The program ended with this status; `reason` is what it said, in plain words, nil where that is not known.
    case failed(program: String, status: Int32, reason: String?)
    case unreadable(path: String, reason: String)
    /// The stream of frames broke off inside something, or is none.
    case malformedStream(reason: String)
    /// The pipe or file that frames are written to took no more.
    case unwritable(reason: String)

    public var description: String {
        switch self {
        case .missingProgram("ffprobe"):
            "ffmpeg is not installed, or without its ffprobe; videos are read through both (Debian: apt install ffmpeg)"
        case .missingProgram(let program):
            "\(program) is not installed; videos are read and written through it (Debian: apt install ffmpeg)"
        case .notStarted(let program, let reason): "\(program) could not be started: \(reason)"
        case .failed(let program, _, let reason?): "\(program) failed: \(reason)"
        case .failed(let program, let status, nil) where status < 0:
            "\(program) was ended by signal \(-status) before the end"
        case .failed(let program, let status, nil):
            "\(program) failed for a reason that is not known (status \(status))"
        case .unreadable(let path, let reason): "\(FileName.shown(path)): \(reason)"
        case .malformedStream(let reason): "the stream of frames is damaged: \(reason)"
        case .unwritable(let reason): "frames could not be written: \(reason)"
        }
    }
}
