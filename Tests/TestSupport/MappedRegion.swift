#if os(Linux)
    import Foundation

    /// A line of `/proc/self/maps`: memory of this process with equal permissions.
    public struct MappedRegion: Sendable {
        public let addresses: Range<UInt>
        /// Four letters, as `r-xp`.
        public let permissions: String
        /// What is mapped, empty for memory that stands for no file.
        public let name: String

        public var isExecutable: Bool { permissions.contains("x") }
        public var isWritable: Bool { permissions.contains("w") }

        init?(_ line: Substring) {
            let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            let bounds = fields.first?.split(separator: "-").compactMap { UInt($0, radix: 16) } ?? []
            guard fields.count >= 5, bounds.count == 2, bounds[0] < bounds[1] else { return nil }
            addresses = bounds[0]..<bounds[1]
            permissions = String(fields[1])
            name = fields.count > 5 ? fields[5].trimmingCharacters(in: .whitespaces) : ""
        }

        /// Everything that is mapped now; fails the program where the system's list cannot be read.
        public static func all() -> [MappedRegion] {
            guard let file = fopen("/proc/self/maps", "r") else { preconditionFailure("no /proc/self/maps") }
            defer { fclose(file) }
            var text: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { text += chunk[..<count] }
            let regions = String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap(MappedRegion.init)
            precondition(!regions.isEmpty, "/proc/self/maps is empty")
            return regions
        }

        /// The region that holds `address` now.
        public static func holding(_ address: UInt) -> MappedRegion? {
            all().first { $0.addresses.contains(address) }
        }
    }
#endif
