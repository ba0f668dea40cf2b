// A program that imports the facade has the words it speaks in: pictures, emotions, detected faces, meshes and models.
@_exported public import EmotionRecognition
@_exported public import Emotions
@_exported public import FaceDetection
@_exported public import FaceMesh
@_exported public import Imaging
@_exported public import struct ModelWeights.WeightSearch
@_exported public import struct TensorEngine.ProcessorDescription
@_exported public import enum TensorEngine.KernelChoice
@_exported public import struct PlaneGeometry.Size
@_exported public import enum WeightFile.WeightError
