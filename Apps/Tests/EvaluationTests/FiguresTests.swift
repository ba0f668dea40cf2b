import EmotionDetection
import Evaluation
import Testing

/// Every figure against the Python reference, and the edges by hand.
@Suite struct FiguresTests {
    let reference: ReferenceFigures
    let figures: EvaluationFigures

    init() throws {
        reference = try ReferenceFigures.read()
        figures = EvaluationFigures(try ReferenceFigures.answers())
    }

    @Test func countsAgree() {
        #expect(figures.count == 300)
        #expect(figures.right == reference.right)
        #expect(figures.confusion.counts == reference.confusion)
        #expect(abs(figures.interval.lower - reference.interval[0]) < 1e-12)
        #expect(abs(figures.interval.upper - reference.interval[1]) < 1e-12)
    }

    @Test(arguments: Emotion.allCases) func figuresOfEachClassAgree(emotion: Emotion) {
        let matrix = figures.confusion
        #expect(abs((matrix.recall(emotion) ?? 0) - reference.recall[emotion.index]) < 1e-12)
        #expect(abs((matrix.precision(emotion) ?? 0) - reference.precision[emotion.index]) < 1e-12)
        #expect(abs((matrix.f1(emotion) ?? 0) - reference.f1[emotion.index]) < 1e-12)
    }

    @Test func figuresOverAllAgree() {
        #expect(abs(figures.confusion.macroF1 - reference.macroF1) < 1e-12)
        #expect(abs(figures.negativeLogLikelihood - reference.nll) < 1e-9)
        #expect(abs(figures.brierScore - reference.brier) < 1e-9)
        #expect(abs(figures.reliability.expectedCalibrationError - reference.ece) < 1e-9)
    }

    @Test func everyIntervalOfConfidenceAgrees() {
        #expect(figures.reliability.bins.count == reference.reliability.count)
        for (bin, row) in zip(figures.reliability.bins, reference.reliability) {
            #expect(Double(bin.count) == row[0])
            #expect(abs(bin.confidence - row[1]) < 1e-9)
            #expect(abs(bin.accuracy - row[2]) < 1e-12)
        }
    }

    @Test func aClassThatDoesNotOccurHasNoRecallAndOneNeverAnsweredNoPrecision() {
        #expect(figures.confusion.recall(.disgust) == nil)
        #expect(figures.confusion.f1(.disgust) == nil)
        #expect(figures.confusion.precision(.fear) == nil)
        #expect(figures.confusion.recall(.fear) == 0)
    }

    @Test func anImpossibleLabelCostsMuchButNotInfinitelyMuch() {
        let wrong = LabelledScores(file: "a.png", label: .sad, scores: EmotionScores([.happy: 1]))
        let figures = EvaluationFigures([wrong])
        #expect(abs(figures.negativeLogLikelihood - 27.631021115928547) < 1e-9)
        #expect(figures.brierScore == 2)
        #expect(figures.interval.lower == 0)
    }
}
