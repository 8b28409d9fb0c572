import EventSourcing

/// What is going to happen, earliest first; of two things at once the one noted first.
struct CountyAgenda {
    /// One thing that is going to happen in one case.
    struct Appointment {
        let at: Instant
        let order: Int
        let caseNumber: Int
        let step: CountyStep
    }

    private var heap: [Appointment] = []
    private var count = 0

    var next: Appointment? { heap.first }

    mutating func note(_ step: CountyStep, of caseNumber: Int, at instant: Instant) {
        count += 1
        heap.append(Appointment(at: instant, order: count, caseNumber: caseNumber, step: step))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard precedes(child, parent) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func take() -> Appointment? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(child, least) {
                least = child
            }
            guard least != parent else { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        (heap[left].at, heap[left].order) < (heap[right].at, heap[right].order)
    }
}
