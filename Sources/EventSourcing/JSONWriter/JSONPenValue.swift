/// One value while it is written: an object, a list or a single value, as its first call says.
final class JSONPenValue: Encoder {
    private enum Kind { case nothing, object, list, single }

    /// One member of an object: its key, and where key and value stand.
    private struct Member {
        let key: String
        var place: Range<Int>
    }

    let pen: JSONPen
    private let start: Int
    private var kind = Kind.nothing
    private var members: [Member] = []
    private var isAscending = true
    private(set) var count = 0
    /// Containers handed out to be filled at any time, with the place of each; they are put in at the end.
    private var children: [(place: Int, value: JSONPenValue)] = []

    init(_ pen: JSONPen) {
        self.pen = pen
        start = pen.count
    }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        become(.object)
        return KeyedEncodingContainer(JSONPenObject<Key>(value: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        become(.list)
        return JSONPenList(value: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        become(.single)
        return JSONPenSingle(pen: pen)
    }

    private func become(_ wanted: Kind) {
        if kind == .nothing {
            kind = wanted
            if wanted == .object { pen.mark("{") }
            if wanted == .list { pen.mark("[") }
        }
        precondition(kind == wanted, "a value is encoded as two kinds at once")
    }

    // MARK: Parts

    /// Writes one member of an object; one that throws leaves nothing behind.
    func member(_ key: String, _ write: () throws -> Void) rethrows {
        let before = pen.count
        if !members.isEmpty { pen.mark(",") }
        let first = pen.count
        pen.text(key)
        pen.mark(":")
        do { try write() } catch {
            pen.cut(to: before)
            throw error
        }
        if let last = members.last { isAscending = isAscending && Self.isBefore(last.key, key) }
        members.append(Member(key: key, place: first..<pen.count))
    }

    /// Writes one element of a list; one that throws leaves nothing behind.
    func element(_ write: () throws -> Void) rethrows {
        let before = pen.count
        if count > 0 { pen.mark(",") }
        do { try write() } catch {
            pen.cut(to: before)
            throw error
        }
        count += 1
    }

    /// A value that is put in here when this one closes.
    func child() -> JSONPenValue {
        let value = JSONPenValue(JSONPen())
        children.append((pen.count, value))
        return value
    }

    // MARK: Closing

    /// Ends the value; nothing may be added to it afterwards.
    func close() {
        takeIn()
        switch kind {
        case .nothing:
            pen.mark("{")
            pen.mark("}")
        case .object:
            if !isAscending { sort() }
            pen.mark("}")
        case .list: pen.mark("]")
        case .single: break
        }
    }

    private func takeIn() {
        for (place, value) in children.reversed() {
            value.close()
            pen.insert(value.pen, at: place)
            let length = value.pen.count
            for index in members.indices where members[index].place.upperBound >= place {
                let old = members[index].place
                let lower = old.lowerBound > place ? old.lowerBound + length : old.lowerBound
                members[index].place = lower..<(old.upperBound + length)
            }
        }
    }

    private func sort() {
        members.sort {
            $0.key == $1.key ? $0.place.lowerBound < $1.place.lowerBound : Self.isBefore($0.key, $1.key)
        }
        // Of a key that was written twice the last one counts.
        let kept = members.indices.filter { $0 + 1 == members.endIndex || members[$0].key != members[$0 + 1].key }
        pen.turn(from: start + 1, into: kept.lazy.map { self.members[$0].place })
    }

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
