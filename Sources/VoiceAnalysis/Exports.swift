// What a voice sounds like is said in these words.
@_exported public import Emotions
