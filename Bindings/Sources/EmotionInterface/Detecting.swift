import CEmotion
import EmotionDetection

@c @implementation
public func emotion_detect(
    _ detector: OpaquePointer?, _ picture: UnsafePointer<emotion_picture>?,
    _ result: UnsafeMutablePointer<UnsafePointer<emotion_result>?>?, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(result, "result")
        let shared = try Registry.detector(detector)
        let image = try Image(copied(picture, "picture"))
        let block = Block()
        target.pointee = Registry.keep(
            block, block.result(try shared.found(in: [image])[0], in: SourcePicture(image)))
    }
}

@c @implementation
public func emotion_detect_batch(
    _ detector: OpaquePointer?, _ pictures: UnsafePointer<emotion_picture>?, _ count: Int,
    _ results: UnsafeMutablePointer<UnsafePointer<emotion_results>?>?, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(results, "results")
        let shared = try Registry.detector(detector)
        let images = try images(pictures, count)
        let block = Block()
        let items = zip(try shared.found(in: images), images).map { block.result($0, in: SourcePicture($1)) }
        var written = emotion_results()
        written.struct_size = MemoryLayout<emotion_results>.stride
        written.count = items.count
        written.items = block.array(items)
        target.pointee = Registry.keep(block, block.value(written))
    }
}

@c @implementation
public func emotion_detect_encoded(
    _ detector: OpaquePointer?, _ bytes: UnsafeRawPointer?, _ byteCount: Int,
    _ result: UnsafeMutablePointer<UnsafePointer<emotion_result>?>?, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(result, "result")
        let shared = try Registry.detector(detector)
        target.pointee = try shared.result(in: SourcePicture(bytes, byteCount))
    }
}

@c @implementation
public func emotion_detect_file(
    _ detector: OpaquePointer?, _ path: UnsafePointer<CChar>?,
    _ result: UnsafeMutablePointer<UnsafePointer<emotion_result>?>?, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(result, "result")
        let shared = try Registry.detector(detector)
        target.pointee = try shared.result(in: SourcePicture(path: path))
    }
}

@c @implementation
public func emotion_find_faces(
    _ detector: OpaquePointer?, _ picture: UnsafePointer<emotion_picture>?, _ search: Int32,
    _ result: UnsafeMutablePointer<UnsafePointer<emotion_result>?>?, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(result, "result")
        let shared = try Registry.detector(detector)
        let isBare = try checked(search, in: 0...1, "search") == EMOTION_SEARCH_MTCNN
        let image = try Image(copied(picture, "picture"))
        let start = ContinuousClock.now
        let faces = try isBare ? shared.bareFaces(in: image) : shared.faces(in: image)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        let block = Block()
        target.pointee = Registry.keep(
            block, block.result(faces, in: SourcePicture(image), searchMilliseconds: milliseconds))
    }
}

@c @implementation
public func emotion_classify(
    _ detector: OpaquePointer?, _ pictures: UnsafePointer<emotion_picture>?, _ count: Int,
    _ scores: UnsafeMutablePointer<Double>?, _ scoreCount: Int, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let shared = try Registry.detector(detector)
        guard let scores else { throw .argument("scores is NULL") }
        let images = try images(pictures, count)
        let emotions = Int(EMOTION_COUNT)
        guard scoreCount >= count * emotions else {
            throw .argument("score_count is \(scoreCount); \(count * emotions) numbers are written")
        }
        do throws(EmotionDetectorError) {
            for (index, answer) in try shared.detector.classify(faces: images).enumerated() {
                for (place, value) in answer.values.enumerated() { scores[index * emotions + place] = value }
            }
        } catch {
            throw Failure(error)
        }
    }
}

@c @implementation
public func emotion_decode(
    _ bytes: UnsafeRawPointer?, _ byteCount: Int, _ image: UnsafeMutablePointer<UnsafePointer<emotion_image>?>?,
    _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(image, "image")
        let picture = try SourcePicture(bytes, byteCount)
        let block = Block()
        var written = emotion_image()
        written.struct_size = MemoryLayout<emotion_image>.stride
        written.pixels = block.bytes(picture.image.pixels)
        written.byte_count = picture.image.pixels.count
        written.width = Int32(picture.image.width)
        written.height = Int32(picture.image.height)
        written.stored_width = Int32(picture.storedSize.width)
        written.stored_height = Int32(picture.storedSize.height)
        written.reduced_by = Int32(picture.reduction)
        target.pointee = Registry.keep(block, block.value(written))
    }
}

extension SharedDetector {
    func found(in images: [Image]) throws(Failure) -> [DetectionResult] {
        do throws(EmotionDetectorError) { return try detector.detect(in: images) } catch { throw Failure(error) }
    }

    /// Faces without expressions, never an assumed one.
    func faces(in image: Image) throws(Failure) -> [DetectedFace] {
        do throws(EmotionDetectorError) { return try detector.detectFaces(in: image) } catch { throw Failure(error) }
    }

    fileprivate func result(in picture: SourcePicture) throws(Failure) -> UnsafePointer<emotion_result>? {
        let block = Block()
        return Registry.keep(block, block.result(try found(in: [picture.image])[0], in: picture))
    }
}
