import CaseDesk
import CaseViews
import EventSourcing
import FoundationEssentials
import KeyStore
import Logging
import ServiceLifecycle

/// Gives people from before there was an index of telephone numbers their place in it, once.
///
/// Numbers recorded since are indexed before their event is appended; what this finds never replaces them.
struct PhoneIndexer: Service {
    let log: any EventLog
    let views: any ViewStore
    let viewRunner: ViewRunner
    let keys: KeyStore
    let logger: Logger

    /// Works through the log once, beside the serving; after a failure the next start does it.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                try await complete()
            } catch is CancellationError {
                return
            } catch {
                logger.error("the telephone numbers are not indexed", metadata: ["error": "\(type(of: error))"])
            }
            // A service that ends would end the others.
            for await _ in log.commits() {}
        }
    }

    /// Indexes the newest number of everybody who has none in the index.
    ///
    /// - Returns: How many contacts were looked at; none where it was done before.
    @discardableResult
    func complete() async throws -> Int {
        guard try !keys.isPhoneIndexWhole() else { return 0 }
        let head = try await log.head().position
        // Where the newest contact of each person stands, the views know.
        while await !viewRunner.wait(for: head, atMost: .seconds(2)) { try Task.checkCancellation() }
        var seen = 0
        var place = Position.start
        while place < head {
            try Task.checkCancellation()
            let page = try await log.read(.all, after: place, limit: 500)
            let people = page.events.flatMap(\.sealed).filter { $0.group == .contact }.map(\.person)
            for part in try await views.sealedParts(of: Set(people).sorted()) where part.group == .contact {
                try await index(part)
                seen += 1
            }
            place = page.reached
            if page.isLast { break }
        }
        try keys.completePhoneIndex()
        return seen
    }

    private func index(_ part: SealedPartReference) async throws {
        guard let event = try await log.event(at: part.position),
            let sealed = event.sealed.first(where: { $0.section == part.section }),
            let plaintext = try keys.open(sealed, in: event.context(of: sealed)),
            let text = try? EventJSON.decode(JSONValue.self, from: plaintext)["phone"]?.text,
            let number = try? CaseDesk.phoneNumber(text)
        else { return }
        try keys.fillInPhone(number, of: part.person)
    }
}
