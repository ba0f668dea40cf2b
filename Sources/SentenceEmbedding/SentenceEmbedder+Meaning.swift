public import TextAnalysis

/// What ``TextAnalysis/AnswerRubric`` asks where it compares meanings.
extension SentenceEmbedder: MeaningModel {}
