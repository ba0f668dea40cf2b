// A program that imports the facade has the words it speaks in: pictures, emotions, detected faces, meshes and models.
@_exported public import enum Emotions.DetectionStage
@_exported public import enum Emotions.Emotion
@_exported public import struct Emotions.EmotionScores

@_exported public import struct EmotionRecognition.EmotionClassifier
@_exported public import struct EmotionRecognition.ModelSpecification

@_exported public import enum FaceDetection.CaptureIssue
@_exported public import struct FaceDetection.CaptureQuality
@_exported public import enum FaceDetection.CascadeError
@_exported public import struct FaceDetection.DetectedFace
@_exported public import struct FaceDetection.FaceCropping
@_exported public import struct FaceDetection.FaceDetectorChain
@_exported public import struct FaceDetection.FaceSelection
@_exported public import struct FaceDetection.HaarCascade
@_exported public import struct FaceDetection.HeadPose
@_exported public import struct FaceDetection.IntervieweeLock
@_exported public import struct FaceDetection.MTCNN
@_exported public import enum FaceDetection.TrackState

@_exported public import enum FaceMesh.Blendshape
@_exported public import struct FaceMesh.BlendshapeCoefficients
@_exported public import struct FaceMesh.FaceMesher
@_exported public import enum FaceMesh.FaceMesherError
@_exported public import struct FaceMesh.FaceSignals
@_exported public import struct FaceMesh.Gaze
@_exported public import struct FaceMesh.HeadTurn
@_exported public import enum FaceMesh.MeshContour
@_exported public import struct FaceMesh.MeshPoint
@_exported public import struct FaceMesh.MeshedFace

@_exported public import struct Imaging.AnnotationStyle
@_exported public import struct Imaging.Canvas
@_exported public import struct Imaging.Color
@_exported public import struct Imaging.FaceAnnotation
@_exported public import struct Imaging.I420Planes
@_exported public import struct Imaging.Image
@_exported public import enum Imaging.ImageLayoutError
@_exported public import struct Imaging.Landmarks
@_exported public import enum Imaging.Orientation
@_exported public import struct Imaging.Point
@_exported public import struct Imaging.Rect
@_exported public import struct Imaging.TextStyle
@_exported public import struct Imaging.YUVEncoding
@_exported public import struct PlaneGeometry.Size

@_exported public import struct ModelWeights.WeightSearch
@_exported public import enum NetworkPlanning.KernelChoice
@_exported public import struct TensorEngine.ProcessorDescription
@_exported public import enum WeightFile.WeightError
