import Foundation
import TensorEngine
import TestSupport
import WeightFile

/// A network of made numbers, the same as in `Fixtures/make_voice_emotion.py`: two blocks, narrow ones, of which one rank is no
/// multiple of 8.
struct SmallNetwork {
    var metadata = [
        "name": "small", "version": "1", "layers": "2", "labels": "angry,disgust,fear,happy,sad,surprise,neutral",
        "calibration_temperature": "1.5", "uncertain_below": "0.75", "calibration_temperature_known": "1.25",
        "uncertain_below_known": "0.7", "share_of_alone": "0.5", "usual_least_weight": "0.1",
    ]
    var tensors: [String: Tensor] = [:]

    private static let ranks = ["conv2": 8, "qkv": 16, "out": 5, "widening": 8, "narrowing": 8]
    private static let hidden = 16

    /// Numbers within `scale` of `middle`, the same for the same name.
    static func made(_ name: String, _ shape: Shape, _ scale: Float, around middle: Float = 0) -> Tensor {
        // FNV-1a.
        let seed = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var generator = SeededGenerator(seed: seed)
        return Tensor(
            (0..<shape.count).map { _ in middle + scale * (Float(generator.next() >> 40) / Float(1 << 23) - 1) },
            shape: shape)
    }

    private static let made = SmallNetwork(making: ())

    init() { self = Self.made }

    private init(making: Void) {
        add("encoder.conv1.weight", [512, 240], 0.1)
        add("encoder.conv1.bias", [512], 0.1)
        add("encoder.positions", [150, 512], 0.5)
        addNarrowed("encoder.conv2", 1536, 512)
        for block in 0..<2 {
            let name = "encoder.blocks.\(block)"
            for norm in ["norm0", "norm1"] {
                add("\(name).\(norm).weight", [512], 0.2, around: 1)
                add("\(name).\(norm).bias", [512], 0.1)
            }
            addNarrowed("\(name).qkv", 512, 1536)
            addNarrowed("\(name).out", 512, 512)
            addNarrowed("\(name).widening", 512, 2048)
            addNarrowed("\(name).narrowing", 2048, 512)
        }
        for head in ["heads.alone", "heads.known"] {
            add("\(head).mean", [1024], 0.3, around: 0.2)
            add("\(head).deviation", [1024], 0.1, around: 0.3)
            add("\(head).first.weight", [Self.hidden, 1024], 0.05)
            add("\(head).first.bias", [Self.hidden], 0.1)
            add("\(head).second.weight", [7, Self.hidden], 0.4)
            add("\(head).second.bias", [7], 0.1)
        }
    }

    private mutating func add(_ name: String, _ shape: Shape, _ scale: Float, around middle: Float = 0) {
        tensors[name] = Self.made(name, shape, scale, around: middle)
    }

    private mutating func addNarrowed(_ name: String, _ inputs: Int, _ outputs: Int) {
        let rank = Self.ranks[String(name.split(separator: ".").last ?? "")] ?? 0
        add("\(name).first", [rank, inputs], Float((3 / Double(inputs)).squareRoot()))
        add("\(name).second", [outputs, rank], Float((3 / Double(rank)).squareRoot()))
        add("\(name).bias", [outputs], 0.1)
    }

    /// Three windows: all of it sounds, the middle, and the end alone.
    static var power: [[Float]] {
        let made = made("power", [3, 300, 80], 2, around: -4).scalars
        return (0..<3).map { window in
            let sounding = [0..<300, 41..<233, 250..<300][window]
            return (0..<(300 * 80)).map { place in
                made[window * 300 * 80 + place] - (sounding.contains(place / 80) ? 0 : 4.5)
            }
        }
    }

    /// Which of these windows a longer recording consists of.
    static let recording = [0, 1, 2, 0, 0, 2, 1, 1]

    /// What `body` makes of the network as a file of its own.
    func withFile<Result>(_ body: (String) throws -> Result) throws -> Result {
        var writer = WeightWriter(metadata: metadata)
        for (name, tensor) in tensors { writer.add(tensor, named: name, as: .float32) }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("voice-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try writer.write(to: path)
        return try body(path)
    }
}
