import CEmotion
import Synchronization

/// Everything that was handed out and not freed, so that a handle that is none is told, not followed.
///
/// Handles of detectors and sessions are numbers in the shape of addresses that no program has, never used twice. Results
/// are known by their address, which a later result may have once they are freed.
enum Registry {
    private enum Thing: Sendable {
        case detector(SharedDetector)
        case video(VideoHandle)
        case memory(Block)
    }

    private struct State {
        var things: [UInt: Thing] = [:]
        var next: UInt = 1 << 63
    }

    private static let state = Mutex(State())

    /// A handle for the detector.
    static func handle(for detector: SharedDetector) -> OpaquePointer? { handle(for: .detector(detector)) }

    /// A handle for the session.
    static func handle(for video: VideoHandle) -> OpaquePointer? { handle(for: .video(video)) }

    private static func handle(for thing: Thing) -> OpaquePointer? {
        state.withLock { state in
            state.next += 16
            state.things[state.next] = thing
            return OpaquePointer(bitPattern: state.next)
        }
    }

    /// Keeps a result alive until it is freed by the address of its struct, which is returned.
    static func keep<Struct>(_ block: Block, _ root: UnsafePointer<Struct>?) -> UnsafePointer<Struct>? {
        if let root { state.withLock { $0.things[UInt(bitPattern: root)] = .memory(block) } }
        return root
    }

    static func detector(_ handle: OpaquePointer?) throws(Failure) -> SharedDetector {
        guard let handle else { throw .argument("detector is NULL") }
        guard case .detector(let detector) = thing(handle) else {
            throw .argument("detector is none, or was freed")
        }
        return detector
    }

    static func video(_ handle: OpaquePointer?) throws(Failure) -> VideoHandle {
        guard let handle else { throw .argument("video is NULL") }
        guard case .video(let video) = thing(handle) else { throw .argument("video is no session, or was freed") }
        return video
    }

    private static func thing(_ handle: OpaquePointer) -> Thing? {
        state.withLock { $0.things[UInt(bitPattern: handle)] }
    }

    /// Forgets the thing; false where there is none at that address.
    static func forget(_ address: UnsafeRawPointer) -> Bool {
        // What it held goes after the lock is left: a detector's networks take a while.
        let thing = state.withLock { $0.things.removeValue(forKey: UInt(bitPattern: address)) }
        return thing != nil
    }
}

@c @implementation
public func emotion_free(_ thing: UnsafeRawPointer?) -> emotion_status {
    guard let thing else { return emotion_status(EMOTION_OK) }
    return emotion_status(Registry.forget(thing) ? EMOTION_OK : EMOTION_ERROR_ARGUMENT)
}
