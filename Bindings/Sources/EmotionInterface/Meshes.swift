import CEmotion
import EmotionDetection
import FaceMesh

/// The meshes of a picture's faces, in pixels of the picture that was looked at.
struct LocatedMeshes {
    /// nil for a face that is only assumed, or whose box spans no square.
    let faces: [MeshedFace?]
    let loadMilliseconds: Double
    let milliseconds: Double
}

/// What `emotion_mesh_options` asks for, checked.
private struct MeshSettings {
    let expressions: Bool

    init(_ options: UnsafePointer<emotion_mesh_options>?) throws(Failure) {
        let options = options == nil ? Self.defaults : try copied(options, "options")
        expressions = try flag(options.expressions, "expressions")
        try unused(options.reserved)
    }

    static var defaults: emotion_mesh_options {
        var options = emotion_mesh_options()
        options.struct_size = MemoryLayout<emotion_mesh_options>.stride
        return options
    }
}

@c @implementation
public func emotion_mesh_options_init(
    _ options: UnsafeMutablePointer<emotion_mesh_options>?, _ structSize: Int
) -> emotion_status {
    outcome(nil) { () throws(Failure) in try fill(options, structSize, with: MeshSettings.defaults) }
}

@c @implementation
public func emotion_detect_meshes(
    _ detector: OpaquePointer?, _ picture: UnsafePointer<emotion_picture>?,
    _ options: UnsafePointer<emotion_mesh_options>?, _ result: UnsafeMutablePointer<UnsafePointer<emotion_result>?>?,
    _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    locate(detector, options, result, error) { () throws(Failure) in
        SourcePicture(try Image(copied(picture, "picture")))
    }
}

@c @implementation
public func emotion_detect_meshes_encoded(
    _ detector: OpaquePointer?, _ bytes: UnsafeRawPointer?, _ byteCount: Int,
    _ options: UnsafePointer<emotion_mesh_options>?, _ result: UnsafeMutablePointer<UnsafePointer<emotion_result>?>?,
    _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    locate(detector, options, result, error) { () throws(Failure) in try SourcePicture(bytes, byteCount) }
}

@c @implementation
public func emotion_detect_meshes_file(
    _ detector: OpaquePointer?, _ path: UnsafePointer<CChar>?, _ options: UnsafePointer<emotion_mesh_options>?,
    _ result: UnsafeMutablePointer<UnsafePointer<emotion_result>?>?, _ error: UnsafeMutablePointer<emotion_error>?
) -> emotion_status {
    locate(detector, options, result, error) { () throws(Failure) in try SourcePicture(path: path) }
}

/// What the three functions have in common: the faces of the picture that `read` gives, with their meshes.
private func locate(
    _ detector: OpaquePointer?, _ options: UnsafePointer<emotion_mesh_options>?,
    _ result: UnsafeMutablePointer<UnsafePointer<emotion_result>?>?, _ error: UnsafeMutablePointer<emotion_error>?,
    _ read: () throws(Failure) -> SourcePicture
) -> emotion_status {
    outcome(error) { () throws(Failure) in
        let target = try output(result, "result")
        let shared = try Registry.detector(detector)
        let settings = try MeshSettings(options)
        let picture = try read()
        let block = Block()
        guard !settings.expressions else {
            let found = try shared.found(in: [picture.image])[0]
            let meshes = try shared.meshes(of: found.faces.map(\.face), in: picture.image)
            target.pointee = Registry.keep(block, block.result(found, in: picture, meshes))
            return
        }
        let start = ContinuousClock.now
        let faces = try shared.faces(in: picture.image)
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        let meshes = try shared.meshes(of: faces, in: picture.image)
        target.pointee = Registry.keep(
            block, block.result(faces, in: picture, searchMilliseconds: milliseconds, meshes))
    }
}

extension SharedDetector {
    fileprivate func meshes(of faces: [DetectedFace], in image: Image) throws(Failure) -> LocatedMeshes {
        let start = ContinuousClock.now
        let mesher: FaceMesher
        do throws(EmotionDetectorError) { mesher = try detector.faceMesher() } catch { throw Failure(error) }
        let loaded = ContinuousClock.now
        let meshes = faces.map { face in
            face.stage.isDetection ? mesher.mesh(box: face.imageBox, landmarks: face.landmarks, in: image) : nil
        }
        return LocatedMeshes(
            faces: meshes, loadMilliseconds: (loaded - start) / .milliseconds(1),
            milliseconds: (ContinuousClock.now - loaded) / .milliseconds(1))
    }
}

extension Block {
    /// A mesh as the header has it.
    func mesh(_ mesh: MeshedFace) -> UnsafePointer<emotion_mesh>? {
        var written = emotion_mesh()
        written.struct_size = MemoryLayout<emotion_mesh>.stride
        written.presence = mesh.presence
        written.present = mesh.isPresent ? 1 : 0
        written.region_center = (mesh.region.center.x, mesh.region.center.y)
        written.region_side = mesh.region.side
        written.region_angle = mesh.region.angle * 180 / .pi
        (written.yaw, written.pitch, written.roll) = (mesh.turn.yaw, mesh.turn.pitch, mesh.turn.roll)
        let signals = mesh.signals
        (written.gaze_yaw, written.gaze_pitch) = (signals.gaze.yaw, signals.gaze.pitch)
        (written.look_across, written.look_up) = (signals.lookAcross, signals.lookUp)
        (written.blink_left, written.blink_right) = (signals.blinkLeft, signals.blinkRight)
        (written.smile_left, written.smile_right) = (signals.smileLeft, signals.smileRight)
        written.smile_balance = signals.smileBalance
        (written.brows_up, written.brows_down) = (signals.browsUp, signals.browsDown)
        written.jaw_open = signals.jawOpen
        written.point_count = mesh.points.count
        written.points = array(mesh.points.flatMap { [$0.x, $0.y, $0.z] })
        written.blendshape_count = mesh.blendshapes.values.count
        written.blendshapes = array(mesh.blendshapes.values)
        return value(written)
    }
}
