import EmotionRecognition
import Imaging
import PlaneGeometry

/// Resampling at the sizes of the detector's pyramid and the classifier's input.
enum ImagingSuite {
    static func measure(_ frame: Image, specification: ModelSpecification, in run: inout BenchmarkRun) {
        for size in [Size(height: 145, width: 193), Size(height: 72, width: 97)] {
            run.time("imaging/area-640x480-\(size.width)x\(size.height)", group: "imaging") {
                resample(frame, from: PixelRegion(all: frame), to: size)
            }
        }
        let region = PixelRegion(x: 200, y: 100, width: 90, height: 90, in: frame)
        for side in [24, 48] {
            run.time("imaging/area-90x90-\(side)x\(side)", group: "imaging") {
                resample(frame, from: region, to: Size(side: side))
            }
        }
        let crop = frame.cropped(to: Rect(x: 200, y: 100, width: 150, height: 180))
        run.time("imaging/pillow-150x180-260x260", group: "imaging") {
            _ = crop.resized(to: specification.inputSize, filter: .pillowBilinear)
        }
        run.time("imaging/prepare-150x180", group: "imaging", detail: "resize and normalise") {
            _ = specification.input(from: [crop])
        }
    }

    private static func resample(_ frame: Image, from region: PixelRegion, to size: Size) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: size.area * 3) {
            AreaResampling.resample(frame, from: region, to: size, normalization: .signedUnit, into: $0)
        }
    }
}
