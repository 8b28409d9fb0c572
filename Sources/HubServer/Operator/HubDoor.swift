package import CaseDesk
package import EventSourcing
import FoundationEssentials
import Logging
import RuleBook
package import WorkingCalendar

/// A token to be issued.
package struct TokenRequest: Codable, Hashable, Sendable {
    package let role: String
    /// What it is for; no person's name.
    package let label: String
    package let department: String?
    package let post: String?
    package let town: String?
    /// Where the token goes instead of the terminal.
    package let file: String?

    package init(role: String, label: String, department: String?, post: String?, town: String?, file: String?) {
        self.role = role
        self.label = label
        self.department = department
        self.post = post
        self.town = town
        self.file = file
    }
}

/// A token that was issued; its text is shown once.
package struct IssuedToken: Codable, Hashable, Sendable {
    package let account: AccountID
    package let token: String
}

/// What a department needs to know of the hub besides its own keys.
package struct FeedAddress: Codable, Hashable, Sendable {
    package let logID: UniqueID
    package let controlEndpoint: String
    /// Public keys, lower-case hex.
    package let serverKey: String
    package let signingKey: String
    package let commandKey: String
}

/// The operator's way into a hub on this machine: through the running server, or straight to the files.
package protocol HubDoor: Sendable {
    /// Carries out one command as the operator.
    func perform(_ type: String, subject: String, body: CommandBody, id: UniqueID) async throws(CommandFailure)
        -> CommandReceipt

    /// Issues a token for a new account.
    func issueToken(_ request: TokenRequest) async throws(CommandFailure) -> IssuedToken

    /// Ends every token of an account.
    func revokeTokens(of account: AccountID) async throws(CommandFailure)

    /// Makes the account a department's adapter acts as; asked again it is the same.
    func relayAccount(of department: DepartmentCode) async throws(CommandFailure) -> AccountID

    /// Where the feed is and which keys it has.
    func feedAddress() async throws(CommandFailure) -> FeedAddress

    /// What a calendar would move, publishing nothing.
    ///
    /// - Parameter path: Absolute; a new file for the moves, one line of JSON each.
    func previewCalendar(_ document: CalendarDocument, to path: String) async throws(CommandFailure)
        -> CalendarPreview

    /// Copies the keys to a new file, for a backup whose log was copied before.
    ///
    /// - Parameter path: Absolute.
    func backupKeys(to path: String) async throws(CommandFailure)

    /// Lets go of what was opened.
    func close() async
}

/// Finds the door that is open.
package enum HubDoors {
    /// The running server's if it answers, else the files themselves.
    ///
    /// - Throws: ``CommandFailure`` when neither can be had.
    package static func open(_ folder: HubFolder) async throws(CommandFailure) -> any HubDoor {
        let socket = SocketDoor(folder: folder)
        if await socket.isAnswered() { return socket }
        return LocalDoor(try await OpenHub.open(folder, logger: Logger(label: "onedoor.cli")))
    }
}
