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

    /// The rows as a table.
    package func withTable<Result>(_ body: (UnsafePointer<UnsafePointer<Float>>) -> Result) -> Result {
        withUnsafePointer(to: pointers) {
            $0.withMemoryRebound(to: UnsafePointer<Float>.self, capacity: Self.largest, body)
        }
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
