import FoundationEssentials

/// A JSON text and its tokens: what the containers of one decoding read from.
///
/// It owns a copy of the bytes, so a container that outlives the call is still sound.
final class JSONTape: Sendable {
    let bytes: [UInt8]
    let tokens: [JSONToken]

    /// Scans a JSON text.
    ///
    /// - Throws: `DecodingError.dataCorrupted` when it is none.
    init(_ data: Data) throws {
        guard data.count < JSONToken.most else { throw JSONFault(reason: .size, offset: 0).decodingError }
        let bytes = data.withUnsafeBytes { [UInt8]($0) }
        var scanner = JSONScanner()
        do { try scanner.scan(bytes.span) } catch { throw error.decodingError }
        self.bytes = bytes
        tokens = scanner.tokens
    }

    /// The index after a value and all that stands in it.
    func end(of index: Int) -> Int { tokens[index].end(at: index) }

    /// The indices of an object's keys, in the order of the text.
    func keys(of object: Int) -> [Int] {
        var keys: [Int] = []
        keys.reserveCapacity(tokens[object].count)
        var key = object + 1
        for _ in 0..<tokens[object].count {
            keys.append(key)
            key = end(of: key + 1)
        }
        return keys
    }

    /// The value of a regular object's first member with a key.
    func member(_ name: String, ofRegular object: Int) -> Int? {
        var name = name
        let tokens = tokens
        let found: Int? = name.withUTF8 { name in
            let length = UInt32(truncatingIfNeeded: name.count)
            var key = object + 1
            for _ in 0..<tokens[object].count {
                let token = tokens[key]
                if token.extent == length, isText(name, from: Int(token.start)) { return key + 1 }
                key = tokens[key + 1].end(at: key + 1)
            }
            return nil
        }
        if found != nil || name.utf8.allSatisfy({ $0 < 0x80 }) { return found }
        // Some letters outside ASCII equal ones inside it, the Kelvin sign for one; strings know that, bytes do not.
        return keys(of: object).first { String(decoding: bytes[tokens[$0].bytes], as: UTF8.self) == name }.map {
            $0 + 1
        }
    }

    private func isText(_ name: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        for offset in 0..<name.count where bytes[start + offset] != name[offset] { return false }
        return true
    }

    /// The keys that lead from the top to a value; made only when an error needs them, in time linear in the text.
    func path(to target: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var around = 0
        while around < target {
            let isList = tokens[around].kind == .list
            var child = around + 1
            for index in 0..<tokens[around].count {
                let value = isList ? child : child + 1
                let after = end(of: value)
                if target < after {
                    path.append(isList ? JSONKey(index: index) : JSONKey(name(at: child)))
                    around = value
                    break
                }
                child = after
            }
        }
        return path
    }

    private func name(at key: Int) -> String {
        (try? text(at: key)) ?? String(decoding: bytes[tokens[key].bytes], as: UTF8.self)
    }
}

/// A step of a coding path, or a key of a text.
struct JSONKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(index: Int) {
        stringValue = "Index \(index)"
        intValue = index
    }

    init?(stringValue: String) { self.init(stringValue) }

    init?(intValue: Int) { self.init(index: intValue) }
}
