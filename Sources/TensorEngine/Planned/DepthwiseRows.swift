/// The first pixels of the input rows under one row of depthwise windows, at most five.
package struct DepthwiseRows {
    private typealias Pointers = (
        UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>
    )
    package static let largest = 5
    private var pointers: Pointers

    /// Every row at `pointer`, until ``subscript`` says otherwise.
    package init(repeating pointer: UnsafePointer<Float>) {
        pointers = (pointer, pointer, pointer, pointer, pointer)
    }

    /// `count` rows, at most ``largest``, from a table of them.
    package init(_ table: UnsafePointer<UnsafePointer<Float>>, count: Int) {
        self.init(repeating: table[0])
        for row in 1..<max(count, 1) { self[row] = table[row] }
    }

    package subscript(row: Int) -> UnsafePointer<Float> {
        get {
            switch row {
            case 0: pointers.0
            case 1: pointers.1
            case 2: pointers.2
            case 3: pointers.3
            default: pointers.4
            }
        }
        set {
            switch row {
            case 0: pointers.0 = newValue
            case 1: pointers.1 = newValue
            case 2: pointers.2 = newValue
            case 3: pointers.3 = newValue
            default: pointers.4 = newValue
            }
        }
    }
}
