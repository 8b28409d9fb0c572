package import EventSourcing
package import RuleBook

/// Records a file the desk has sealed and stored; never sent by itself, since nothing would lie behind it.
package struct StoreAttachment: HubCommand {
    package static let name = "StoreAttachment"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.assistApplication

    /// As many as one case may have.
    package static let limit = 100

    package var attachment: UniqueID
    package var person: PersonReference
    package var file: Attachment
    package var sealedDigest: ContentDigest
    package var mediaType: AttachmentType

    package init(
        attachment: UniqueID, person: PersonReference, file: Attachment, sealedDigest: ContentDigest,
        mediaType: AttachmentType
    ) {
        self.attachment = attachment
        self.person = person
        self.file = file
        self.sealedDigest = sealedDigest
        self.mediaType = mediaType
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (file, opened, tags) = try boundary.deskCase(context)
        let stored = DeskEvent.AttachmentStored(
            caseFile: opened.caseFile, attachment: attachment, person: person, file: self.file,
            sealedDigest: sealedDigest, mediaType: mediaType)
        if let before = file.keeping.attachments[attachment] {
            guard before == stored else { throw DeskRefusal.attachmentTwice.told }
            return []
        }
        guard boundary.people(of: opened.caseFile).contains(person) else { throw DeskRefusal.notOfTheCase.told }
        guard file.keeping.attachments.count < Self.limit else { throw DeskRefusal.tooManyAttachments.told }
        return [Decided(.attachmentStored(stored), tags: tags.union([.person(person)]))]
    }
}
