#if canImport(Glibc) && (arch(x86_64) || arch(arm64))
    import Glibc

    /// The tables in which the program and its libraries keep the addresses of functions that they import.
    ///
    /// - Source: System V ABI, chapter 5 (dynamic section, symbol table, relocation); its supplements for AMD64 and for
    ///   AArch64 (kinds of relocation); `dl_iterate_phdr(3)`.
    enum ImportTables {
        /// Makes every loaded library, and the program itself, call `replacements` instead of the functions so named.
        ///
        /// The pages of the tables stay writable.
        static func replace(_ replacements: [String: UnsafeRawPointer]) {
            withUnsafePointer(to: replacements) { replacements in
                _ = iterate(
                    { information, _, context in
                        let replacements = context.assumingMemoryBound(to: [String: UnsafeRawPointer].self).pointee
                        LoadedLibrary(information)?.replace(replacements)
                        return 0
                    }, UnsafeRawPointer(replacements))
            }
        }
    }

    /// A library, or the program, as it lies in memory.
    private struct LoadedLibrary {
        /// What is added to every address in the file.
        private let base: UInt
        private var names: UInt = 0
        private var symbols: UInt = 0
        private var relocations: UInt = 0
        private var relocationBytes: UInt = 0
        private var callRelocations: UInt = 0
        private var callRelocationBytes: UInt = 0

        private enum Tag {
            static let callRelocationBytes: UInt = 2
            static let names: UInt = 5
            static let symbols: UInt = 6
            static let relocations: UInt = 7
            static let relocationBytes: UInt = 8
            static let callRelocations: UInt = 23
        }

        private static let dynamicSegment: UInt32 = 2
        private static let segmentBytes = 56
        private static let symbolBytes: UInt = 24
        private static let relocationEntryBytes: UInt = 24

        /// A symbol's plain address, its entry in the global offset table, and its entry for calls.
        #if arch(x86_64)
            private static let kinds: Set<UInt32> = [1, 6, 7]
        #else
            private static let kinds: Set<UInt32> = [257, 1025, 1026]
        #endif

        /// - Parameter information: a `dl_phdr_info`: base, name, program headers, and their number in 16 bits.
        init?(_ information: UnsafeRawPointer) {
            base = information.load(as: UInt.self)
            let headers = information.load(fromByteOffset: 16, as: UInt.self)
            let count = Int(information.load(fromByteOffset: 24, as: UInt16.self))
            guard let headers = UnsafeRawPointer(bitPattern: headers) else { return nil }
            let dynamic = (0..<count).map { headers + $0 * Self.segmentBytes }.first {
                $0.load(as: UInt32.self) == Self.dynamicSegment
            }
            guard let dynamic else { return nil }
            var entry = base + dynamic.load(fromByteOffset: 16, as: UInt.self)
            while case let tag = Self.word(entry), tag != 0 {
                let value = Self.word(entry + 8)
                switch tag {
                case Tag.names: names = address(value)
                case Tag.symbols: symbols = address(value)
                case Tag.relocations: relocations = address(value)
                case Tag.relocationBytes: relocationBytes = value
                case Tag.callRelocations: callRelocations = address(value)
                case Tag.callRelocationBytes: callRelocationBytes = value
                default: break
                }
                entry += 16
            }
        }

        func replace(_ replacements: [String: UnsafeRawPointer]) {
            for (first, bytes) in [(relocations, relocationBytes), (callRelocations, callRelocationBytes)] {
                for relocation in stride(from: first, to: first + bytes, by: Int(Self.relocationEntryBytes)) {
                    let information = Self.word(relocation + 8)
                    guard Self.kinds.contains(UInt32(truncatingIfNeeded: information)) else { continue }
                    let symbol = symbols + (information >> 32) * Self.symbolBytes
                    let name = names + (Self.word(symbol) & 0xFFFF_FFFF)
                    guard let text = UnsafePointer<CChar>(bitPattern: name),
                        let function = replacements[String(cString: text)]
                    else { continue }
                    Self.store(UInt(bitPattern: function), at: base + Self.word(relocation))
                }
            }
        }

        /// The loader adds the base in place, but not where it may not write.
        private func address(_ value: UInt) -> UInt { value < base ? base + value : value }

        private static func word(_ address: UInt) -> UInt {
            UnsafeRawPointer(bitPattern: address)?.loadUnaligned(as: UInt.self) ?? 0
        }

        private static func store(_ value: UInt, at address: UInt) {
            let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
            guard let start = UnsafeMutableRawPointer(bitPattern: address / page * page),
                let place = UnsafeMutableRawPointer(bitPattern: address),
                mprotect(start, Int(page), PROT_READ | PROT_WRITE) == 0
            else { return }
            place.storeBytes(of: value, as: UInt.self)
        }
    }

    @_silgen_name("dl_iterate_phdr")
    private func iterate(
        _ visit: @convention(c) (UnsafeRawPointer, Int, UnsafeRawPointer) -> Int32, _ context: UnsafeRawPointer
    ) -> Int32
#endif
