import TensorEngine
import TransformerLayers
import WeightFile

/// The layers of a BERT encoder as its file holds them, under the names of PyTorch's `state_dict`.
///
/// - Source: `BertModel` of the `transformers` package.
struct EncoderWeights {
    struct Block {
        /// Head after head its queries, keys and values: `[channels, 3 · channels]`.
        let heads: DenseWeights
        let context: DenseWeights
        let contextNorm: LayerNorm
        let widening: DenseWeights
        let narrowing: DenseWeights
        let outputNorm: LayerNorm
    }

    /// `[channels]` a column, one for each piece.
    let pieces: StoredMatrix
    /// `[positions, channels]`, with what every token of a text has besides.
    let positions: Tensor
    let inputNorm: LayerNorm
    let blocks: [Block]

    init(from scope: WeightScope, _ shape: EncoderShape) throws(WeightError) {
        let embeddings = scope.child("embeddings")
        pieces = try embeddings.child("word_embeddings").matrix("weight", shape: [shape.pieces, shape.channels])
        let kind = try embeddings.child("token_type_embeddings").tensor("weight", shape: [1, shape.channels])
        let places = try embeddings.child("position_embeddings").tensor(
            "weight", shape: [shape.positions, shape.channels])
        positions = Self.sum(places, kind)
        inputNorm = try LayerNorm(from: embeddings.child("LayerNorm"), channels: shape.channels, epsilon: shape.epsilon)
        var blocks: [Block] = []
        for layer in 0..<shape.layers {
            blocks.append(try Self.block(from: scope.child("encoder.layer.\(layer)"), shape))
        }
        self.blocks = blocks
    }

    private static func block(from scope: WeightScope, _ shape: EncoderShape) throws(WeightError) -> Block {
        let channels = shape.channels
        func norm(_ name: String) throws(WeightError) -> LayerNorm {
            try LayerNorm(from: scope.child(name), channels: channels, epsilon: shape.epsilon)
        }
        func product(_ name: String, _ inputs: Int, _ outputs: Int) throws(WeightError) -> DenseWeights {
            try DenseWeights(from: scope.child(name), inputs: inputs, outputs: outputs)
        }
        return Block(
            heads: try heads(from: scope.child("attention.self"), shape),
            context: try product("attention.output.dense", channels, channels),
            contextNorm: try norm("attention.output.LayerNorm"),
            widening: try product("intermediate.dense", channels, shape.inner),
            narrowing: try product("output.dense", shape.inner, channels),
            outputNorm: try norm("output.LayerNorm"))
    }

    private static func heads(from scope: WeightScope, _ shape: EncoderShape) throws(WeightError) -> DenseWeights {
        func part(_ name: String) throws(WeightError) -> DenseWeights.Part {
            DenseWeights.Part(
                try DenseWeights(from: scope.child(name), inputs: shape.channels, outputs: shape.channels))
        }
        return .heads(
            shape.heads, width: shape.headChannels, queries: try part("query"), keys: try part("key"),
            values: try part("value"))
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
