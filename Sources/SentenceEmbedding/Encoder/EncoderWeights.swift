import TensorEngine
import WeightFile

/// The layers of a BERT encoder as its file holds them, under the names of PyTorch's `state_dict`.
///
/// - Source: `BertModel` of the `transformers` package.
struct EncoderWeights {
    /// A matrix product with a bias.
    struct Product {
        /// `[inputs, outputs]`.
        let weight: any WeightMatrix
        /// `[outputs]`.
        let bias: Tensor

        init(weight: any WeightMatrix, bias: Tensor) {
            self.weight = weight
            self.bias = bias
        }

        init(from scope: WeightScope, inputs: Int, outputs: Int) throws(WeightError) {
            weight = try scope.matrix("weight", shape: [outputs, inputs])
            bias = try scope.tensor("bias", shape: [outputs])
        }
    }

    /// What brings a token's channels to mean 0 and variance 1, and then to a factor and a shift each.
    struct Norm {
        let scale: Tensor
        let shift: Tensor

        init(from scope: WeightScope, channels: Int) throws(WeightError) {
            scale = try scope.tensor("weight", shape: [channels])
            shift = try scope.tensor("bias", shape: [channels])
        }
    }

    struct Block {
        /// Head after head its queries, keys and values: `[channels, 3 · channels]`.
        let heads: Product
        let context: Product
        let contextNorm: Norm
        let widening: Product
        let narrowing: Product
        let outputNorm: Norm
    }

    /// `[channels]` a column, one for each piece.
    let pieces: StoredMatrix
    /// `[positions, channels]`, with what every token of a text has besides.
    let positions: Tensor
    let inputNorm: Norm
    let blocks: [Block]

    init(from scope: WeightScope, _ shape: EncoderShape) throws(WeightError) {
        let embeddings = scope.child("embeddings")
        pieces = try embeddings.child("word_embeddings").matrix("weight", shape: [shape.pieces, shape.channels])
        let kind = try embeddings.child("token_type_embeddings").tensor("weight", shape: [1, shape.channels])
        let places = try embeddings.child("position_embeddings").tensor(
            "weight", shape: [shape.positions, shape.channels])
        positions = Self.sum(places, kind)
        inputNorm = try Norm(from: embeddings.child("LayerNorm"), channels: shape.channels)
        var blocks: [Block] = []
        for layer in 0..<shape.layers {
            blocks.append(try Self.block(from: scope.child("encoder.layer.\(layer)"), shape))
        }
        self.blocks = blocks
    }

    private static func block(from scope: WeightScope, _ shape: EncoderShape) throws(WeightError) -> Block {
        let channels = shape.channels
        return Block(
            heads: try heads(from: scope.child("attention.self"), shape),
            context: try Product(
                from: scope.child("attention.output.dense"), inputs: channels, outputs: channels),
            contextNorm: try Norm(from: scope.child("attention.output.LayerNorm"), channels: channels),
            widening: try Product(
                from: scope.child("intermediate.dense"), inputs: channels, outputs: shape.inner),
            narrowing: try Product(from: scope.child("output.dense"), inputs: shape.inner, outputs: channels),
            outputNorm: try Norm(from: scope.child("output.LayerNorm"), channels: channels))
    }

    /// Queries, keys and values of each head beside one another, so that one product gives all that a head attends with.
    /// Queries are divided by the root of a head's channels here, once for all texts.
    private static func heads(from scope: WeightScope, _ shape: EncoderShape) throws(WeightError) -> Product {
        let (channels, width) = (shape.channels, shape.headChannels)
        let factor = 1 / Float(width).squareRoot()
        var weight = Tensor(zeros: [channels, 3 * channels])
        var bias = Tensor(zeros: [3 * channels])
        for (part, name) in ["query", "key", "value"].enumerated() {
            let product = try Product(from: scope.child(name), inputs: channels, outputs: channels)
            let scale = part == 0 ? factor : 1
            for head in 0..<shape.heads {
                let (from, to) = (head * width, (3 * head + part) * width)
                let columns = Tensor(shape: [channels, width]) {
                    product.weight.write(columns: from..<(from + width), to: $0)
                }
                weight.withMutablePointer { weight in
                    columns.withPointer { columns in
                        for row in 0..<channels {
                            let (source, target) = (columns + row * width, weight + row * 3 * channels + to)
                            for column in 0..<width { target[column] = source[column] * scale }
                        }
                    }
                }
                bias.withMutablePointer { bias in
                    product.bias.withPointer { source in
                        for column in 0..<width { bias[to + column] = source[from + column] * scale }
                    }
                }
            }
        }
        return Product(weight: weight, bias: bias)
    }

    private static func sum(_ places: Tensor, _ kind: Tensor) -> Tensor {
        var sum = places
        let width = kind.shape.count
        sum.withMutablePointer { sum in
            kind.withPointer { kind in
                for element in 0..<places.shape.count { sum[element] += kind[element % width] }
            }
        }
        return sum
    }
}
