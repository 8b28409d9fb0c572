import CaseDesk
import Casework
import EventSourcing
import FoundationEssentials
import RuleBook

/// Publishes rule files into the log; what is there already, in the same content, is left alone.
package struct RulePublication: Sendable {
    /// One publication as the command that carries it.
    struct Entry: Sendable {
        let type: String
        let open: JSONValue
        let place: String
    }

    private let folder: HubFolder

    package init(folder: HubFolder) {
        self.folder = folder
    }

    private struct Report: Encodable {
        let entries: Int
        let published: Int
    }

    /// Publishes a file or every file of a folder, in the order they depend on each other.
    ///
    /// - Throws: ``CommandFailure`` with file and line of the first entry that is wrong; then nothing of it is published.
    package func run(_ path: String, console: Console) async throws(CommandFailure) {
        let entries = try Self.read(path)
        let door = try await HubDoors.open(folder)
        do throws(CommandFailure) {
            let published = try await Self.publish(entries, through: door, console: console)
            await door.close()
            console.say("已发布 \(published) 条,共 \(entries.count) 条 – published \(published) of \(entries.count) entries")
            console.result(Report(entries: entries.count, published: published))
        } catch {
            await door.close()
            throw error
        }
    }

    /// Reads and proves the files; nothing is published.
    static func read(_ path: String) throws(CommandFailure) -> [Entry] {
        do throws(RuleFileError) {
            let set = try RuleSet(path: path)
            _ = try RuleCheck(set)
            return set.entries.map { Entry($0) }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Sends them one by one as the operator.
    ///
    /// - Returns: How many were new.
    static func publish(_ entries: [Entry], through door: any HubDoor, console: Console) async throws(CommandFailure)
        -> Int
    {
        let identifiers = IdentifierSource()
        var published = 0
        for (index, entry) in entries.enumerated() {
            console.progress("发布规则 publishing rules \(index + 1)/\(entries.count) \(entry.place)")
            let receipt = try await door.perform(
                entry.type, subject: "", body: CommandBody(open: entry.open),
                id: identifiers.next(at: WallClock().now()))
            published += receipt.events.count
        }
        console.progressDone()
        return published
    }
}

extension RulePublication.Entry {
    init(_ entry: RuleFile.Entry) {
        switch entry.command {
        case .createHub: preconditionFailure("a hub is created with its log, never from a rule file")
        case .registerDepartment(let value): self.init(RegisterDepartment(department: value), entry)
        case .registerDepartmentKeys(let value): self.init(RegisterDepartmentKeys(keys: value), entry)
        case .publishPolicyItem(let value): self.init(PublishPolicyItem(item: value), entry)
        case .reviseDispatchCatalog(let value): self.init(ReviseDispatchCatalog(task: value), entry)
        case .publishDeadlineRule(let value): self.init(PublishDeadlineRule(rule: value), entry)
        case .publishCalendar(let value): self.init(PublishCalendar(calendar: value), entry)
        }
    }

    private init(_ command: some HubCommand, _ entry: RuleFile.Entry) {
        type = Swift.type(of: command).name
        open = JSONValue(encoding: command)
        place = "\(entry.place)"
    }
}

extension JSONValue {
    /// The JSON of one of our own payloads, which always encodes.
    init(encoding value: some Encodable) {
        let decoded = (try? EventJSON.encode(value)).flatMap { try? EventJSON.decode(JSONValue.self, from: $0) }
        precondition(decoded != nil, "our own payloads encode as JSON without fractions")
        self = decoded ?? .null
    }
}

extension CommandFailure {
    init(_ error: RuleFileError) {
        self.init(
            .badInput, code: error.code.rawValue, field: "\(error.place)", chinese: error.sentence.chinese,
            english: error.sentence.english, remedy: "\(error.remedy.chinese) / \(error.remedy.english)")
    }
}
