package import DepartmentKit
import EventSourcing

/// The questions and acts the command line sends to a running adapter.
package enum AdapterQuestion {
    /// The referrals, follow-ups and extracts.
    package static var inbox: AdapterRequest { AdapterRequest(act: "inbox") }
    /// Connection and progress.
    package static var status: AdapterRequest { AdapterRequest(act: "status") }

    /// One referral with its released parts.
    package static func show(_ referral: String) -> AdapterRequest {
        var request = AdapterRequest(act: "show")
        request.referral = referral
        return request
    }

    /// One act.
    ///
    /// - Parameters:
    ///   - act: Name of ``AdapterAct``.
    ///   - subject: Number or id of the referral, or of the follow-up for `followUpProgress`.
    ///   - fields: The command's own fields; those without a value are left out.
    /// - Throws: ``CommandFailure`` when an option is malformed.
    package static func act(
        _ act: String, on subject: String, fields: [String: String?] = [:], note: String?, post: String?,
        externalReference: String?, command: String?
    ) throws(CommandFailure) -> AdapterRequest {
        guard let known = AdapterAct(rawValue: act) else { preconditionFailure("the command line knows its acts") }
        var request = AdapterRequest(known)
        if known.isAboutFollowUp { request.followUp = subject } else { request.referral = subject }
        request.open = .object(fields.compactMapValues { $0.map { JSONValue.string($0) } })
        request.note = note
        request.externalReference = externalReference
        if let post {
            guard let code = PostCode(post) else { throw malformed("--post", PostCode.textForm) }
            request.post = code
        }
        if let command {
            guard let id = UniqueID(command) else { throw malformed("--command-id", UniqueID.textForm) }
            request.command = id
        }
        return request
    }

    private static func malformed(_ field: String, _ form: String) -> CommandFailure {
        CommandFailure(
            .badInput, code: "act.field", field: field, chinese: "写法不对", english: "not a valid value", remedy: form)
    }
}
