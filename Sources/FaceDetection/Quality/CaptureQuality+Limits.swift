extension CaptureQuality {
    /// What a face must meet to be good enough; the defaults suit a person before a webcam.
    public struct Limits: Hashable, Sendable {
        /// Least and greatest mean brightness, 0…1.
        public var brightness: ClosedRange<Double>
        public var leastContrast: Double
        /// Of 297 faces of web photographs 99 in a hundred had more than 0.065, and of their copies that were shrunk to a
        /// quarter and enlarged again 95 in a hundred less than 0.027.
        public var leastSharpness: Double
        /// Least side of the face's box in pixels.
        public var leastSide: Double
        /// The least part of the box inside the picture, 0…1.
        public var leastVisiblePart: Double
        /// Most degrees to either side.
        public var largestYaw: Double
        public var largestRoll: Double

        public init(
            brightness: ClosedRange<Double> = 0.15...0.88, leastContrast: Double = 0.04,
            leastSharpness: Double = 0.03, leastSide: Double = 40, leastVisiblePart: Double = 0.9,
            largestYaw: Double = 35, largestRoll: Double = 30
        ) {
            self.brightness = brightness
            self.leastContrast = leastContrast
            self.leastSharpness = leastSharpness
            self.leastSide = leastSide
            self.leastVisiblePart = leastVisiblePart
            self.largestYaw = largestYaw
            self.largestRoll = largestRoll
        }

        /// Every limit that is not met, the one to put right first in front: where the face is, then light, then focus,
        /// then turn and tilt; with each, how near the measure comes to its limit, 0…1.
        func shortfalls(
            brightness: Double, contrast: Double, sharpness: Double, sidePixels: Double, visiblePart: Double,
            pose: HeadPose?
        ) -> [(issue: CaptureIssue, share: Double)] {
            var shares: [(issue: CaptureIssue, share: Double)] = [
                (.cutOff, visiblePart / leastVisiblePart),
                (.tooSmall, sidePixels / leastSide),
                (.tooDark, brightness / self.brightness.lowerBound),
                (.tooBright, (1 - brightness) / (1 - self.brightness.upperBound)),
                (.lowContrast, contrast / leastContrast),
                (.blurred, sharpness / leastSharpness),
            ]
            if let pose {
                shares += [
                    (.turnedAside, largestYaw / abs(pose.yaw)),
                    (.tilted, largestRoll / abs(pose.roll)),
                ]
            }
            // A limit of nothing is always met: what is divided by zero is infinite or no number, and so not below 1.
            return shares.filter { $0.share < 1 }
        }
    }
}
