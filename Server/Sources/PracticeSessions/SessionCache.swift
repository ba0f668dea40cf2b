import FoundationEssentials
import NIOConcurrencyHelpers

/// The sessions that were asked for last, as far as this process knows them.
final class SessionCache: Sendable {
    private let capacity: Int
    private let state = NIOLockedValueBox(State())

    private struct State {
        var sessions: [UUID: (session: LiveSession, owner: String, lastUse: UInt64)] = [:]
        var uses: UInt64 = 0
    }

    init(capacity: Int) { self.capacity = capacity }

    func session(_ id: UUID, owner: String) -> LiveSession? {
        state.withLockedValue { state in
            guard let known = state.sessions[id], known.owner == owner else { return nil }
            return known.session
        }
    }

    /// Keeps the session, unless a later state of it is kept already; the one that was asked for least recently goes.
    func keep(_ session: LiveSession, owner: String) {
        state.withLockedValue { state in
            state.uses += 1
            if let known = state.sessions[session.id], known.session.sequence > session.sequence {
                state.sessions[session.id]?.lastUse = state.uses
                return
            }
            state.sessions[session.id] = (session, owner, state.uses)
            while state.sessions.count > capacity,
                let oldest = state.sessions.min(by: { $0.value.lastUse < $1.value.lastUse })
            {
                state.sessions[oldest.key] = nil
            }
        }
    }

    func remove(_ id: UUID) { state.withLockedValue { $0.sessions[id] = nil } }

    func removeAll() { state.withLockedValue { $0.sessions.removeAll() } }
}
