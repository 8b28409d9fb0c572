import EventSourcing
import FoundationEssentials

/// Makes the events of a shape: who, where and what, in the distributions the speed table names.
struct BenchWorkload: Sendable {
    /// What one event is about.
    struct Subject: Sendable {
        let caseNumber: Int
        let person: Int
        let department: Int
        let town: Int
        let goesToSecond: Bool
    }

    let shape: BenchShape
    private let departments: [DepartmentCode]
    private let departmentTags: [EventTag]
    private let personTags: [EventTag]
    private let townTags: [EventTag]
    private let accounts: [AccountID]
    /// By department, then by whether a second one is told too.
    private let disclosures: [[Disclosure]]

    init(_ shape: BenchShape) {
        self.shape = shape
        let departments = (0..<shape.departments).compactMap { DepartmentCode("bumen\(Self.twoDigits($0))") }
        self.departments = departments
        departmentTags = departments.map(EventTag.department)
        personTags = (0..<shape.persons).map { .person(Self.person($0)) }
        townTags = (0..<shape.towns).compactMap { TownCode("zhen\(Self.twoDigits($0))") }.map(EventTag.town)
        accounts = (0..<200).map { AccountID(Self.identifier(family: 0xc, $0)) }
        disclosures = departments.indices.map { index in
            let one = Disclosure([departments[index]: [DisclosedGroup(.reference)]])
            var two = one
            two.add([DisclosedGroup(.reference)], for: departments[(index + 1) % departments.count])
            return [one, two]
        }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// An identifier that follows from a number; those of one family sort as their numbers do.
    static func identifier(family: UInt8, _ number: Int) -> UniqueID {
        var bytes: [UInt8] = [0x01, 0x99, 0xc0, 0, 0, 0, 0x70, 0, 0x80 | family, 0]
        for shift in stride(from: 40, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: UInt64(truncatingIfNeeded: number) >> UInt64(shift)))
        }
        guard let identifier = UniqueID(bytes: bytes) else { preconditionFailure("an identifier has 16 bytes") }
        return identifier
    }

    static func caseFile(_ number: Int) -> CaseID { CaseID(identifier(family: 0x0, number)) }
    static func person(_ number: Int) -> PersonReference { PersonReference(identifier(family: 0x9, number)) }

    // MARK: Chance

    /// Draws what the event of an index is about.
    ///
    /// - Parameters:
    ///   - index: The number of the event in the log, nearly; old cases end and new ones begin as it grows.
    ///   - lane: Which producer, of `lanes`: each has cases of its own, as a case lies on one desk at a time.
    func subject(index: Int, lane: Int, lanes: Int, _ chance: inout SeededChance) -> Subject {
        let own = max(1, (shape.activeCases - lane % shape.activeCases + lanes - 1) / lanes)
        let slot = (chance.below(own) * lanes + lane) % shape.activeCases
        // Cases do not all end at once: each slot is a little further than the one before.
        let era = (index + slot * shape.eventsInCase) / (shape.activeCases * shape.eventsInCase)
        return Subject(
            caseNumber: era * shape.activeCases + slot, person: chance.below(shape.persons),
            department: chance.below(shape.departments), town: chance.below(shape.towns),
            goesToSecond: shape.departments > 1 && chance.below(100) < shape.secondDepartmentPercent)
    }

    func caseTag(_ subject: Subject) -> EventTag { .caseFile(Self.caseFile(subject.caseNumber)) }

    /// The four tags of an event.
    func tags(_ subject: Subject) -> [EventTag] {
        [
            caseTag(subject), personTags[subject.person], departmentTags[subject.department], townTags[subject.town],
        ]
    }

    // MARK: Events

    func account(_ chance: inout SeededChance) -> AccountID { accounts[chance.below(accounts.count)] }

    /// One event as a desk would append it.
    func event(
        _ subject: Subject, tags: [EventTag], command: UniqueID, account: AccountID, at now: Instant,
        _ chance: inout SeededChance
    ) -> NewEvent {
        let template = PayloadTemplate.mix[chance.below(PayloadTemplate.mix.count)]
        let caseFile = Self.caseFile(subject.caseNumber).description
        let department = departments[subject.department].description
        let data = template.filled { place in
            switch place {
            case .caseFile: caseFile
            case .referral: Self.identifier(family: 0xa, subject.caseNumber * 4).description
            case .item: Self.identifier(family: 0xb, subject.caseNumber * 4).description
            case .person: Self.person(subject.person).description
            case .department: department
            }
        }
        let meta = Data(
            """
            {"actor":{"account":"\(account)","department":"\(department)","post":"\(department)/aid","role":"handler"},\
            "channel":"feed","command":"\(command)","correlation":"\(caseFile)"}
            """.utf8)
        return NewEvent(
            eventID: UniqueID(versionSevenAt: now, random: (chance.next(), chance.next())), type: template.type,
            schemaVersion: 1, occurredAt: now, meta: meta, data: data, tags: Set(tags),
            disclosure: disclosures[subject.department][subject.goesToSecond ? 1 : 0], sealed: [],
            salt: chance.bytes(16))
    }

    /// What the row of an event holds, without SQLite's own bytes.
    static func rowBytes(of event: NewEvent) -> Int {
        let audience = event.disclosure.audience.map(\.description.utf8.count).reduce(-1) { $0 + $1 + 1 }
        // Identifier, first position, type, version, two times, salt and leaf.
        let fixed = 16 + 4 + 1 + 1 + 6 + 6 + 16 + 32
        return fixed + event.meta.count + event.data.count + event.tags.count * 4 + max(0, audience)
            + event.disclosure.bytes.count
    }
}
