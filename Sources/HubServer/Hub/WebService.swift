import CaseDesk
import CaseViews
import EventSourcing
import HubAPI
import HubConsole
import Hummingbird
import Logging

/// The API and the pages of one hub on one port.
struct WebService: Sendable {
    let desk: CaseDesk
    let past: any PastBoardSource
    let host: String
    let port: Int
    let logger: Logger

    /// The application, not yet listening.
    ///
    /// - Parameter bound: Called once with the port it listens at.
    func application(bound: @escaping @Sendable (Int) async -> Void) throws -> some ApplicationProtocol {
        let names = MaskedNames(desk: desk)
        let console = try HubConsole(desk: desk, maskedName: { await names.name(of: $0) }, logger: logger)
        let router = HubRouter.make(desk: desk, api: HubAPI(desk: desk, past: past), console: console)
        return Application(
            router: router, configuration: .init(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in await bound(channel.localAddress?.port ?? port) }, logger: logger)
    }
}
