/// The largest struct that is believed to be one: a later version may have more fields, not a hundred times as many.
private let largestStruct = 1 << 16

/// The size that the struct at `pointer` says it has, its first field; nil where no version had one of it.
private func statedSize<Struct: BitwiseCopyable>(_ pointer: UnsafePointer<Struct>, earlier: [Int] = []) -> Int? {
    let size = UnsafeRawPointer(pointer).loadUnaligned(as: Int.self)
    return isSize(size, of: Struct.self, earlier: earlier) ? size : nil
}

/// Whether a struct may have that many bytes: this version's, a later one's or, where it has grown, an earlier one's.
func isSize<Struct: BitwiseCopyable>(_ size: Int, of type: Struct.Type, earlier: [Int]) -> Bool {
    earlier.contains(size) || (MemoryLayout<Struct>.stride...largestStruct).contains(size)
}

/// Whether a struct to be written has room for all of its fields.
func isWhole<Struct: BitwiseCopyable>(_ pointer: UnsafeMutablePointer<Struct>) -> Bool {
    statedSize(UnsafePointer(pointer)) != nil
}

/// A copy of a struct of the caller's, which may be an earlier version's.
///
/// - Parameters:
///   - name: what the header calls it.
///   - earlier: the sizes that it had in earlier versions.
///   - defaults: what those lack is taken from here.
/// - Throws: for NULL, for a size that is none, and where a later version's fields ask for what is not known here.
func copied<Struct: BitwiseCopyable>(
    _ pointer: UnsafePointer<Struct>?, _ name: String, earlier: [Int], defaults: Struct
) throws(Failure) -> Struct {
    guard let pointer, let size = statedSize(pointer, earlier: earlier), size < MemoryLayout<Struct>.stride else {
        return try copied(pointer, name)
    }
    var whole = defaults
    withUnsafeMutableBytes(of: &whole) { $0.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: size)) }
    return whole
}

/// A copy of a struct of the caller's that never had another size.
///
/// - Parameter name: what the header calls it.
/// - Throws: for NULL, for a size that is none, and where a later version's fields ask for what is not known here.
func copied<Struct: BitwiseCopyable>(_ pointer: UnsafePointer<Struct>?, _ name: String) throws(Failure) -> Struct {
    guard let pointer else { throw .argument("\(name) is NULL") }
    guard let size = statedSize(pointer) else {
        throw .argument("\(name): struct_size must be \(MemoryLayout<Struct>.stride)")
    }
    let bytes = UnsafeRawBufferPointer(start: pointer, count: size)
    guard bytes.dropFirst(MemoryLayout<Struct>.stride).allSatisfy({ $0 == 0 }) else {
        throw .argument("\(name): fields beyond those that this library knows are not zero")
    }
    return bytes.loadUnaligned(as: Struct.self)
}

/// A text of the caller's; nil for NULL.
func text(_ pointer: UnsafePointer<CChar>?, _ name: String) throws(Failure) -> String? {
    guard let pointer else { return nil }
    guard let text = String(validatingCString: pointer) else { throw .argument("\(name) is not UTF-8") }
    guard !text.isEmpty else { throw .argument("\(name) is empty") }
    return text
}

/// Where a result is to be put, cleared; every call sets it, to NULL where it fails.
func output<Handle>(
    _ pointer: UnsafeMutablePointer<Handle?>?, _ name: String
) throws(Failure) -> UnsafeMutablePointer<Handle?> {
    guard let pointer else { throw .argument("\(name) is NULL") }
    pointer.pointee = nil
    return pointer
}

/// A whole number within a range.
func checked<Number: BinaryInteger>(
    _ value: Number, in range: ClosedRange<Int>, _ name: String
) throws(Failure) -> Int {
    guard let number = Int(exactly: value), range.contains(number) else {
        throw .argument("\(name) is \(value); it must be \(range.lowerBound) to \(range.upperBound)")
    }
    return number
}

/// A flag, 0 or 1.
func flag(_ value: Int32, _ name: String) throws(Failure) -> Bool { try checked(value, in: 0...1, name) == 1 }

/// A field without a meaning yet: what is in it could not be given one later if anything were taken now.
func unused(_ value: Int32) throws(Failure) { _ = try checked(value, in: 0...0, "reserved") }

/// A number within a range; what is no number is in none.
func checked<Number: BinaryFloatingPoint>(
    _ value: Number, in range: ClosedRange<Number>, _ name: String
) throws(Failure) -> Number {
    guard range.contains(value) else {
        throw .argument("\(name) is \(value); it must be \(range.lowerBound) to \(range.upperBound)")
    }
    return value
}
