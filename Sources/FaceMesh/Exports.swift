// A program that imports the mesh has the words it speaks in: pictures, and where weights are looked for.
@_exported public import Imaging
@_exported public import struct ModelWeights.WeightSearch
@_exported public import enum NetworkPlanning.KernelChoice
@_exported public import struct PlaneGeometry.Size
@_exported public import enum WeightFile.WeightError
