// A program that scores voices has the words it speaks in: sounds, emotions, and where weights are looked for.
@_exported public import Emotions
@_exported public import VoiceAnalysis
@_exported public import struct ModelWeights.WeightSearch
@_exported public import enum WeightFile.WeightError
