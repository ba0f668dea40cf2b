import TensorEngine
import Testing

@testable import WeightFile

@Suite struct WeightScopeTests {
    private let path = ReferenceFixtureTests.path

    @Test func namesTheFullPathOfAMissingTensor() throws {
        let scope = try WeightReader(contentsOf: path).root.child("stem").child("conv")
        #expect(throws: WeightError.missingTensor(path: path, name: "stem.conv.gain")) {
            try scope.tensor("gain", shape: [3])
        }
    }

    @Test(arguments: [[2, 4, 3, 3], [72], [4, 2, 3, 3, 1], []])
    func refusesAnyOtherShapeThanTheFiles(dimensions: [Int]) throws {
        let scope = try WeightReader(contentsOf: path).root.child("stem.conv")
        let expected = Shape(dimensions)
        #expect(
            throws: WeightError.shapeMismatch(
                path: path, name: "stem.conv.weight", expected: expected, actual: [4, 2, 3, 3])
        ) {
            try scope.tensor("weight", shape: expected)
        }
    }

    @Test func listsWhatNothingHasRead() throws {
        let file = try WeightReader(contentsOf: path)
        _ = try file.root.tensor("head.weight", shape: [2, 5])
        _ = try file.root.tensor("none", shape: [0, 4])
        _ = try? file.root.tensor("head.bias", shape: [3])
        #expect(
            throws: WeightError.surplusTensors(
                path: path, names: ["head.bias", "stem.conv.bias", "stem.conv.weight", "temperature"])
        ) {
            try file.requireEverythingRead()
        }
    }

    @Test func outlivesTheFileItCameFrom() throws {
        let scope = try WeightReader(contentsOf: path).root.child("head")
        #expect(try scope.tensor("bias", shape: [2]).scalars == [-1e-3, 0])
    }

    @Test func servesManyThreadsAtOnce() async throws {
        var writer = WeightWriter()
        for index in 0..<64 {
            writer.add(Tensor(repeating: Float(index), shape: [100]), named: "t.\(index)", as: .float16)
        }
        let source = TemporaryFile()
        try writer.write(to: source.path)
        let file = try WeightReader(contentsOf: source.path)
        let scope = file.root.child("t")
        let areRight = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<64 {
                group.addTask {
                    try scope.tensor("\(index)", shape: [100]).scalars.allSatisfy { $0 == Float(index) }
                }
            }
            return try await group.reduce(true) { $0 && $1 }
        }
        #expect(areRight)
        try file.requireEverythingRead()
    }
}
