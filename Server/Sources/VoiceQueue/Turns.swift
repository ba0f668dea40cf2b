import NIOConcurrencyHelpers
import TaskHandOver

/// Lets one after the other through, in the order in which they came, and nobody whose deadline has passed.
final class Turns: Sendable {
    private struct State {
        var isTaken = false
        var latest = 0
        var waiting: [(number: Int, handOver: HandOver<Bool>)] = []
    }

    private let state = NIOLockedValueBox(State())

    /// Waits for a turn, which has to be given back.
    ///
    /// - Returns: false where none came before the deadline.
    func take(before deadline: ContinuousClock.Instant) async -> Bool {
        guard ContinuousClock.now < deadline else { return false }
        var alarm: Task<Void, Never>?
        defer { alarm?.cancel() }
        return await HandOver<Bool>.value { handOver in
            let number = state.withLockedValue { state -> Int? in
                guard state.isTaken else {
                    state.isTaken = true
                    return nil
                }
                state.latest += 1
                state.waiting.append((state.latest, handOver))
                return state.latest
            }
            guard let number else { return handOver.give(true) }
            alarm = Task {
                try? await Task.sleep(until: deadline)
                self.giveUp(number)
            }
        }
    }

    func giveBack() {
        let next = state.withLockedValue { state -> HandOver<Bool>? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst().handOver
        }
        next?.give(true)
    }

    private func giveUp(_ number: Int) {
        let late = state.withLockedValue { state -> HandOver<Bool>? in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0).handOver }
        }
        late?.give(false)
    }
}
