/// Where a hub keeps its files: three stores with three fates, secrets, and sockets of the running server.
package struct HubFolder: Hashable, Sendable {
    /// The folder given with `--data`.
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// Views, thrown away at will.
    package var views: String { "\(path)/views.sqlite" }
    /// CURVE server key, read by the feed only.
    package var curveKey: String { "\(path)/secrets/feed.curve" }
    /// The deployment key that wraps all others.
    package var deploymentKey: String { "\(path)/secrets/deployment.key" }
    package var secrets: String { "\(path)/secrets" }
    /// Never lost.
    package var log: String { "\(path)/log.sqlite" }
    /// Neither lost nor leaked.
    package var keys: String { "\(path)/keys.sqlite" }
    /// Sealed files, one an attachment.
    package var attachments: String { "\(path)/attachments" }
    /// Short messages for the gateway to fetch.
    package var messages: String { "\(path)/spool/sms" }
    /// How far each way out for notices is.
    package var notices: String { "\(path)/notices" }
    /// Boards of past times while somebody reads them; thrown away at will.
    package var past: String { "\(path)/run/past" }
    package var run: String { "\(path)/run" }
    /// Sets the civil clock of a demo; only the owner may connect.
    package var clockSocket: String { "\(path)/run/clock.sock" }
    /// The operator's own door on this machine; only the owner may connect.
    package var adminSocket: String { "\(path)/run/admin.sock" }
    /// Address the running server listens at.
    package var address: String { "\(path)/run/address" }
}
