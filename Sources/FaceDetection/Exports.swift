// Every detected face says by its stage how it was found.
@_exported public import enum Emotions.DetectionStage
