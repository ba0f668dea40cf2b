import FileNames
import InterviewAnalysis
import MediaStreams

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// When a session began.
enum RecordingDate {
    /// This moment on the local clock.
    static var now: SessionDate { local(time(nil)) }

    /// What the container of a video says; where it is silent, when the file was last changed, which is when most
    /// recorders finish it, and a guess. Nil for what is no file.
    static func of(_ path: String) -> (date: SessionDate, source: SessionDetails.DateSource)? {
        if let date = FFmpeg.creationTime(of: path).flatMap(SessionDate.init) {
            return (local(date.secondsSince1970), .container)
        }
        var status = stat()
        guard FileName.withBytes(path, { stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        #if canImport(Darwin)
            return (local(status.st_mtimespec.tv_sec), .fileTime)
        #else
            return (local(status.st_mtim.tv_sec), .fileTime)
        #endif
    }

    /// A moment on this machine's clock, with its offset at that moment.
    private static func local(_ seconds: Int) -> SessionDate {
        var (seconds, parts) = (time_t(seconds), tm())
        localtime_r(&seconds, &parts)
        return SessionDate(secondsSince1970: Int(seconds), offsetMinutes: parts.tm_gmtoff / 60)
    }
}
