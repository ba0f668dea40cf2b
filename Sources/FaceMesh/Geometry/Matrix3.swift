internal import CLAPACKE

/// A matrix of three rows and three columns.
struct Matrix3 {
    /// Row by row.
    private(set) var elements = [Double](repeating: 0, count: 9)

    init() {}

    init(_ elements: [Double]) {
        precondition(elements.count == 9, "\(elements.count) elements")
        self.elements = elements
    }

    /// The smallest turn of a camera that looks along −z after which it looks at `point`; none for itself and behind it.
    init(lookingAt point: MeshPoint) {
        let length = (point.x * point.x + point.y * point.y + point.z * point.z).squareRoot()
        let (x, y, cosine) = (-point.x / length, -point.y / length, -point.z / length)
        guard cosine > 0 else {
            self.init(diagonal: [1, 1, 1])
            return
        }
        // Rodrigues' formula for the axis (−y, x, 0).
        let share = 1 / (1 + cosine)
        self.init([
            1 - x * x * share, -x * y * share, x, -x * y * share, 1 - y * y * share, y, -x, -y, cosine,
        ])
    }

    init(diagonal: [Double]) { for index in 0..<3 { self[index, index] = diagonal[index] } }

    subscript(row: Int, column: Int) -> Double {
        get { elements[3 * row + column] }
        set { elements[3 * row + column] = newValue }
    }

    var transposed: Matrix3 { Matrix3((0..<9).map { elements[$0 % 3 * 3 + $0 / 3] }) }

    var isFinite: Bool { elements.allSatisfy(\.isFinite) }

    var determinant: Double {
        self[0, 0] * (self[1, 1] * self[2, 2] - self[1, 2] * self[2, 1])
            - self[0, 1] * (self[1, 0] * self[2, 2] - self[1, 2] * self[2, 0])
            + self[0, 2] * (self[1, 0] * self[2, 1] - self[1, 1] * self[2, 0])
    }

    static func * (first: Matrix3, second: Matrix3) -> Matrix3 {
        var product = Matrix3()
        for row in 0..<3 {
            for column in 0..<3 {
                for step in 0..<3 { product[row, column] += first[row, step] * second[step, column] }
            }
        }
        return product
    }

    /// The transposed matrix times a vector.
    func transposed(times vector: [Double]) -> [Double] {
        (0..<3).map { column in (0..<3).reduce(0) { $0 + self[$1, column] * vector[$1] } }
    }
}

/// A matrix as a turn, three factors in falling order and another turn: left · diagonal · rightTransposed.
struct SingularValues {
    let left: Matrix3
    let values: [Double]
    let rightTransposed: Matrix3

    /// LAPACK's `dgesvd`; nil where it does not come to an end.
    init?(of matrix: Matrix3) {
        var elements = matrix.elements
        var left = [Double](repeating: 0, count: 9)
        var right = left
        var (values, rest) = ([Double](repeating: 0, count: 3), [Double](repeating: 0, count: 2))
        let all = CChar(bitPattern: UInt8(ascii: "A"))
        let info = LAPACKE_dgesvd(
            LAPACK_ROW_MAJOR, all, all, 3, 3, &elements, 3, &values, &left, 3, &right, 3, &rest)
        guard info == 0 else { return nil }
        self.left = Matrix3(left)
        self.values = values
        rightTransposed = Matrix3(right)
    }
}
