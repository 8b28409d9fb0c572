import Crypto
import EventSourcing

/// Unwrapped person keys used lately, at most twice `capacity`.
///
/// Two generations stand in for a list ordered by use: when the young one is full, the old one goes.
struct PersonKeyCache {
    private let capacity: Int
    private var young: [PersonReference: SymmetricKey] = [:]
    private var old: [PersonReference: SymmetricKey] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func key(of person: PersonReference) -> SymmetricKey? {
        if let key = young[person] { return key }
        guard let key = old[person] else { return nil }
        insert(key, of: person)
        return key
    }

    mutating func insert(_ key: SymmetricKey, of person: PersonReference) {
        if young.count >= capacity {
            old = young
            young = [:]
        }
        young[person] = key
    }

    mutating func remove(_ person: PersonReference) {
        young[person] = nil
        old[person] = nil
    }

    var count: Int { young.count + old.count }
}
