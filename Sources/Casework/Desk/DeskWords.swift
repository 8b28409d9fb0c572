package import EventSourcing
package import WorkingCalendar

/// What a post promised when it took a case: what, by whom, by when (N-16).
package struct CasePromise: Codable, Hashable, Sendable {
    /// What was promised, as a code.
    package enum Matter: String, CaseIterable, Codable, Hashable, Sendable {
        case callApplicant, visit, fetchPapers, decide, report, answer
    }

    package var matter: Matter
    package var by: PostCode
    /// The last civil day on which it is kept.
    package var due: CivilDay

    package init(_ matter: Matter, by post: PostCode, due: CivilDay) {
        self.matter = matter
        by = post
        self.due = due
    }

    /// Whether the day has gone by without the promise having been kept.
    package func isBroken(on day: CivilDay) -> Bool { due < day }
}

/// Why a case changed hands.
package enum HandOverReason: String, CaseIterable, Codable, Hashable, Sendable {
    case leave, workload, changeOfPost, conflict, otherTown
}

/// Why personal data were opened.
package enum ReadingPurpose: String, CaseIterable, Codable, Hashable, Sendable {
    case handling, statusQuestion, verification, correction, audit, emergency
}

/// What a member of staff is to somebody they may not judge.
package enum ConflictRelation: String, CaseIterable, Codable, Hashable, Sendable {
    case selfConcerned, spouse, parent, child, sibling, otherRelative, household, business
}

/// Why a declared conflict does not keep somebody from a case.
package enum ConflictLiftReason: String, CaseIterable, Codable, Hashable, Sendable {
    /// It was said of the wrong person, or by mistake.
    case declaredInError
    case relationEnded
    /// What ties them is too remote to matter.
    case tooRemote
}

/// Why somebody opens a case that is not theirs.
package enum EmergencyReason: String, CaseIterable, Codable, Hashable, Sendable {
    case dangerToLife, childAtRisk, violence, missingPerson, disaster
}

/// What a review found of an emergency access.
package enum EmergencyFinding: String, CaseIterable, Codable, Hashable, Sendable {
    case justified, notJustified
}

/// What became of a message, letter or call.
package enum DeliveryOutcome: String, CaseIterable, Codable, Hashable, Sendable {
    case handedOver, delivered, reached, refused, notReached, returned

    /// Whether the applicant now knows.
    package var isProof: Bool {
        switch self {
        case .handedOver, .delivered, .reached, .refused: true
        case .notReached, .returned: false
        }
    }
}

/// What shows that it was delivered.
package enum DeliveryEvidence: String, CaseIterable, Codable, Hashable, Sendable {
    case signature, postalReceipt, callRecord, gatewayReport, witnesses
}

/// What kind of file an attachment is, as its content says.
package enum AttachmentType: String, CaseIterable, Codable, Hashable, Sendable {
    case pdf = "application/pdf"
    case jpeg = "image/jpeg"
    case png = "image/png"
    case tiff = "image/tiff"
    case bmp = "image/bmp"
    case heic = "image/heic"
    case ofd = "application/ofd"
    case wordDocument = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case mp3 = "audio/mpeg"
    case wav = "audio/wav"
    case amr = "audio/amr"
    case mp4 = "video/mp4"
}
