import TensorEngine
import TestSupport
import Testing

/// Functions without weights against PyTorch, element by element.
@Suite struct PyTorchFunctionTests {
    let reference: ReferenceTensors

    init() throws { reference = try ReferenceTensors("functions.safetensors") }

    private func compare(_ name: String, _ function: (Tensor) throws -> Tensor) throws {
        let output = try function(try reference.tensor(name + ".input"))
        let comparison = TensorComparison(
            output, try reference.tensor(name + ".expected"), relative: 1e-5, absolute: 1e-6)
        #expect(comparison.isClose, "\(name): \(comparison)")
    }

    @Test func activationsAgree() throws {
        try compare("relu", Activation.reLU.callAsFunction)
        try compare("silu", Activation.siLU.callAsFunction)
        try compare("sigmoid", Activation.sigmoid.callAsFunction)
        try compare("softmax") { $0.softmax() }
        try compare("softmax_two") { $0.softmax() }
    }

    @Test func poolingAgrees() throws {
        let maximum = reference.cases("max_pool")
        #expect(maximum.count >= 8)
        for name in maximum {
            let roundsUp = try reference.number(name + ".rounds_up") == 1
            let kernel = try reference.number(name + ".kernel")
            let stride = try reference.number(name + ".stride")
            try compare(name) { Pooling(.maximum, kernel: kernel, stride: stride, roundsUp: roundsUp)($0) }
        }
        let average = reference.cases("average_pool")
        #expect(average.count == 2)
        for name in average {
            let kernel = try reference.number(name + ".kernel")
            let stride = try reference.number(name + ".stride")
            try compare(name) { Pooling(.average, kernel: kernel, stride: stride)($0) }
        }
        try compare("global_average_pool") { $0.globalAveragePooled() }
    }

    @Test func bilinearResizeAgrees() throws {
        let cases = reference.cases("bilinear")
        #expect(cases.count == 5)
        for name in cases {
            let size = try reference.tensor(name + ".expected").size
            try compare(name) { $0.resizedBilinearly(to: size) }
        }
    }
}
