import CaseDesk
import Casework
import EventSourcing
import FoundationEssentials
import RuleBook

/// Publishes rule files into the log, all or nothing; what is there already, in the same content, is left alone.
package struct RulePublication: Sendable {
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
    /// - Throws: ``CommandFailure`` with file and line when an entry is wrong; then nothing of it is published.
    package func run(_ path: String, console: Console) async throws(CommandFailure) {
        let door = try await HubDoors.open(folder)
        do throws(CommandFailure) {
            // Files may hold the newest versions only, so they are proved against what the log has.
            let entries = try Self.read(path, against: try await LoggedRules.current(in: folder))
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
    static func read(_ path: String, against book: RuleBook = RuleBook()) throws(CommandFailure) -> [RuleFile.Entry] {
        let report = RuleReport(path: path, against: book)
        if let failure = report.failure { throw failure }
        return report.set.entries
    }

    /// Sends them as one command of the operator: one append, so all of them or none.
    ///
    /// - Returns: How many were new.
    static func publish(
        _ entries: [RuleFile.Entry], through door: any HubDoor, console: Console
    ) async throws(CommandFailure) -> Int {
        guard !entries.isEmpty else { return 0 }
        console.progress("发布规则 publishing \(entries.count) rules")
        let command = PublishRules(publications: entries.map(\.command))
        do throws(CommandFailure) {
            let receipt = try await door.perform(
                PublishRules.name, subject: "", body: CommandBody(open: JSONValue(encoding: command)),
                id: IdentifierSource().next(at: WallClock().now()))
            console.progressDone()
            return receipt.events.count
        } catch {
            console.progressDone()
            throw error.placed(in: entries)
        }
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

    /// The same with file and line where it speaks of one of the publications.
    fileprivate func placed(in entries: [RuleFile.Entry]) -> CommandFailure {
        guard let open = field.firstIndex(of: "["), let close = field.firstIndex(of: "]"),
            let index = Int(field[field.index(after: open)..<close]), entries.indices.contains(index)
        else { return self }
        return CommandFailure(
            status, code: code, field: "\(entries[index].place)", chinese: chinese, english: english, remedy: remedy)
    }
}
