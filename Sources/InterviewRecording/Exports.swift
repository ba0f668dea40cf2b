// Who records an interview has both ends of it: what a video session sees, and the analysis it goes into.
@_exported public import EmotionDetection
@_exported public import InterviewAnalysis
