package import Casework
import Crypto
package import EventSourcing
package import FoundationEssentials
package import RuleBook

/// Takes files in and gives them out: sealed under a person's key before they touch the disk.
package struct AttachmentDesk: Sendable {
    /// 10 MiB: a scanned form of many pages.
    package static let largest = 10 << 20

    private let desk: CaseDesk

    package init(_ desk: CaseDesk) {
        self.desk = desk
    }

    /// Seals a file, stores it and records its digest with the case.
    ///
    /// - Parameters:
    ///   - id: Command id; it names the file as well, so that a repeat stores nothing twice.
    /// - Throws: ``DeskError``: too large, empty, of a kind the hub does not keep, or what the rules say. Then nothing
    ///   is left in the store.
    package func store(
        _ content: Data, named name: AttachmentName?, of person: PersonReference, in caseFile: CaseID,
        by principal: Principal, id: UniqueID
    ) async throws(DeskError) -> (command: StoreAttachment, receipt: CommandReceipt) {
        guard !content.isEmpty, content.count <= Self.largest else {
            throw DeskError(.attachmentSize)
        }
        guard let mediaType = AttachmentType(content: content) else {
            throw DeskError(.attachmentType)
        }
        let sealed = try seal(content, as: id, of: person)
        guard let digest = Self.digest(content), let sealedDigest = Self.digest(sealed) else {
            preconditionFailure("64 hexadecimal characters always make a digest")
        }
        let command = StoreAttachment(
            attachment: id, person: person,
            file: Attachment(digest: digest, name: name, bytes: Int64(content.count)), sealedDigest: sealedDigest,
            mediaType: mediaType)
        if let earlier = try await earlier(command, in: caseFile, by: principal, content) { return earlier }
        try using { () throws(AttachmentStoreError) in try desk.attachments.put(sealed, as: id) }
        do throws(DeskError) {
            let receipt = try await desk.record(
                command, on: .caseFile(caseFile), by: principal, id: id, bytes: content)
            return (command, receipt)
        } catch {
            // An unknown outcome keeps the file: the event may stand.
            if error.kind != .unavailable { try? desk.attachments.remove(id) }
            throw error
        }
    }

    /// Opens a file after recording that somebody does.
    package func open(
        _ attachment: UniqueID, of person: PersonReference, in caseFile: CaseID, purpose: ReadingPurpose,
        by principal: Principal, id: UniqueID
    ) async throws(DeskError) -> Data {
        _ = try await desk.record(
            RevealRecords(people: [person], groups: [.narrative], purpose: purpose, attachment: attachment),
            on: .caseFile(caseFile), by: principal, id: id, bytes: Data("\(attachment) \(purpose.rawValue)".utf8))
        let sealed = try using { () throws(AttachmentStoreError) in try desk.attachments.sealed(attachment) }
        guard let sealed, sealed.count > 28 else {
            throw DeskError(.attachmentMissing)
        }
        let section = SealedSection(
            section: 1, group: .narrative, person: person, digest: Data(SHA256.hash(data: sealed)),
            nonce: sealed.prefix(12), ciphertext: sealed.dropFirst(12))
        let content: Data?
        do throws(PersonalDataKeysError) {
            content = try desk.keys.open(section, in: Self.context(attachment, person))
        } catch {
            throw DeskError(.attachmentDamaged)
        }
        guard let content else {
            throw DeskError(.attachmentErased)
        }
        return content
    }

    /// What the same command did before: sealing again would make other bytes.
    private func earlier(
        _ command: StoreAttachment, in caseFile: CaseID, by principal: Principal, _ content: Data
    ) async throws(DeskError) -> (StoreAttachment, CommandReceipt)? {
        do throws(EventLogError) {
            guard let known = try await desk.log.acceptance(of: command.attachment, by: principal.account) else {
                return nil
            }
            let receipt = try await desk.receipt(for: known.0)
            let fingerprint = desk.keys.fingerprint(
                commandType: StoreAttachment.name, subject: Subject.caseFile(caseFile).text, body: content)
            guard known.fingerprint.isEmpty || known.fingerprint == fingerprint else { throw EventLogError(.otherBody) }
            return (command, receipt)
        } catch {
            throw desk.told(error)
        }
    }

    private func seal(_ content: Data, as id: UniqueID, of person: PersonReference) throws(DeskError) -> Data {
        do throws(PersonalDataKeysError) {
            let section = try desk.keys.seal(content, in: Self.context(id, person))
            guard let nonce = section.nonce, let ciphertext = section.ciphertext else {
                throw PersonalDataKeysError.unavailable("sealing")
            }
            return nonce + ciphertext
        } catch {
            throw DeskError(
                .unknownPerson, field: "person", remedy: "写明案中人员 / name a person of the case")
        }
    }

    private func using<Value>(_ body: () throws(AttachmentStoreError) -> Value) throws(DeskError) -> Value {
        do throws(AttachmentStoreError) {
            return try body()
        } catch {
            throw DeskError(error == .full ? .attachmentsFull : .attachmentsUnavailable)
        }
    }

    /// Binds a file to its identifier and person, as a sealed part is bound to its event.
    private static func context(_ attachment: UniqueID, _ person: PersonReference) -> SealedSectionContext {
        SealedSectionContext(
            eventID: attachment, section: 1, eventType: "Attachment", schemaVersion: 1, group: .narrative,
            person: person)
    }

    private static func digest(_ bytes: Data) -> ContentDigest? {
        let digits = SHA256.hash(data: bytes).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        return ContentDigest(digits.joined())
    }
}
