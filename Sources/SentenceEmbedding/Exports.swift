// A program that imports the embedder has the words it speaks in.
@_exported public import struct ModelWeights.WeightSearch
@_exported public import enum NetworkPlanning.KernelChoice
@_exported public import class TensorEngine.WorkerPool
@_exported public import enum WeightFile.WeightError
