// A program that imports the mesh has the words it speaks in: pictures, and where weights are looked for.
@_exported public import struct Imaging.I420Planes
@_exported public import struct Imaging.Image
@_exported public import enum Imaging.ImageLayoutError
@_exported public import struct Imaging.Landmarks
@_exported public import enum Imaging.Orientation
@_exported public import struct Imaging.Point
@_exported public import struct Imaging.Rect
@_exported public import struct Imaging.YUVEncoding
@_exported public import struct ModelWeights.WeightSearch
@_exported public import enum NetworkPlanning.KernelChoice
@_exported public import struct PlaneGeometry.Size
@_exported public import enum WeightFile.WeightError
