import Foundation
import VoiceAnalysis

/// The pitch of sounds for the training pipeline: `voice-pitch < NAMES > VALUES`.
///
/// NAMES are WAV files of 16,000 samples a second, one a line. For each it writes the number of frames (4 bytes, little-endian),
/// then of each frame, in single precision, hertz (0 where it is not voiced), then of each how far it is from repeating itself.
@main
enum VoicePitch {
    static func main() throws {
        while let name = readLine() {
            let track = PitchTrack(try WaveReader.read([UInt8](try Data(contentsOf: URL(filePath: name)))))
            var bytes = withUnsafeBytes(of: UInt32(track.frequencies.count).littleEndian) { Data($0) }
            bytes += track.frequencies.withUnsafeBytes { Data($0) }
            bytes += track.aperiodicity.withUnsafeBytes { Data($0) }
            FileHandle.standardOutput.write(bytes)
        }
    }
}
