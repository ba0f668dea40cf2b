#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Work on many things, some at a time on threads of their own, whose results come in the order of the things.
struct OrderedWork {
    /// Things that are worked on at the same time; with 1 everything happens on the calling thread.
    let jobs: Int

    /// Hands the result for each item to `deliver`, on the calling thread and in order.
    ///
    /// No more than twice as many results as jobs wait for their turn. What `deliver` throws ends the work: what has
    /// been begun is finished, the rest is left.
    func run<Item: Sendable, Value: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) -> Value, deliver: (Item, Value) throws -> Void
    ) throws {
        guard jobs > 1, items.count > 1 else {
            for item in items { try deliver(item, work(item)) }
            return
        }
        let queue = OrderedQueue(items, room: 2 * jobs, work)
        queue.start(threads: min(jobs, items.count))
        defer { queue.stop() }
        for (index, item) in items.enumerated() { try deliver(item, queue.value(at: index)) }
    }
}

/// Items and the results that wait, shared by the threads.
///
/// A lock and a condition guard everything that changes.
private final class OrderedQueue<Item: Sendable, Value: Sendable>: @unchecked Sendable {
    private let items: [Item]
    private let room: Int
    private let work: @Sendable (Item) -> Value
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [Int: Value] = [:]
    /// The next item that no thread has taken.
    private var next = 0
    /// The item whose result is handed over next.
    private var wanted = 0
    private var hasStopped = false
    /// Only the calling thread's.
    private var threads: [pthread_t] = []

    init(_ items: [Item], room: Int, _ work: @escaping @Sendable (Item) -> Value) {
        self.items = items
        self.room = room
        self.work = work
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        pthread_cond_destroy(changed)
        lock.deallocate()
        changed.deallocate()
    }

    /// Starts so many threads, or as many as the system allows.
    func start(threads count: Int) {
        for _ in 0..<count {
            let entry = Unmanaged.passRetained(WorkThread { self.serve() }).toOpaque()
            #if canImport(Darwin)
                var thread: pthread_t?
                let status = pthread_create(&thread, nil, { WorkThread.run($0) }, entry)
            #else
                var identifier = pthread_t()
                let status = pthread_create(&identifier, nil, { entry in entry.flatMap(WorkThread.run) }, entry)
                let thread: pthread_t? = identifier
            #endif
            if status == 0, let thread {
                threads.append(thread)
            } else {
                Unmanaged<WorkThread>.fromOpaque(entry).release()
            }
        }
    }

    /// The result for the item at `index`; waits for it. To be asked for each index in order.
    func value(at index: Int) -> Value {
        locked {
            wanted = index
            pthread_cond_broadcast(changed)
            while true {
                if let value = waiting.removeValue(forKey: index) { return value }
                // Without a single thread the caller does the work.
                if threads.isEmpty { return work(items[index]) }
                pthread_cond_wait(changed, lock)
            }
        }
    }

    /// Lets no thread begin anything more and waits until all have ended.
    func stop() {
        locked {
            hasStopped = true
            pthread_cond_broadcast(changed)
        }
        for thread in threads { pthread_join(thread, nil) }
    }

    private func serve() {
        while let index = take() {
            let value = work(items[index])
            locked {
                waiting[index] = value
                pthread_cond_broadcast(changed)
            }
        }
    }

    private func take() -> Int? {
        locked {
            while !hasStopped, next < items.count, next >= wanted + room { pthread_cond_wait(changed, lock) }
            guard !hasStopped, next < items.count else { return nil }
            defer { next += 1 }
            return next
        }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body()
    }
}

/// What a thread of the queue runs.
private final class WorkThread {
    private let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }

    static func run(_ entry: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<WorkThread>.fromOpaque(entry).takeRetainedValue().body()
        return nil
    }
}
