package import EventSourcing
import FeedProtocol

/// How an adapter is: connected, how far, what waits, what is wrong.
package struct AdapterStatus: Codable, Hashable, Sendable {
    /// How far the connection to the hub is.
    package enum Connection: String, Codable, Hashable, Sendable {
        case waiting, connecting, subscribing, syncing, live, stopped
    }

    package var department: DepartmentCode
    package var connection: Connection
    package var epoch: UniqueID?
    /// Last applied entry.
    package var sequence: UInt64
    /// End of the feed as last heard; nothing before the first message.
    package var headSequence: UInt64?
    /// Commands without an answer.
    package var pending: Int
    /// The hub's civil time as last heard.
    package var hubTime: Instant?
    package var isDemo: Bool
    package var faultCode: String?
    /// Chinese, English and remedy, for people.
    package var fault: String?

    init(
        department: DepartmentCode, state: SubscriberMachine.State, cursor: AdapterCursor, headSequence: UInt64?,
        pending: Int, hubTime: HubTime?, fault: AdapterFault?
    ) {
        self.department = department
        connection =
            switch state {
            case .waiting: .waiting
            case .connecting: .connecting
            case .subscribing: .subscribing
            case .syncing: .syncing
            case .live: .live
            case .stopped: .stopped
            }
        epoch = cursor.epoch
        sequence = cursor.sequence
        self.headSequence = headSequence
        self.pending = pending
        self.hubTime = hubTime?.now
        isDemo = hubTime?.isDemo ?? false
        faultCode = fault?.code
        self.fault = fault.map { "\($0.chinese) / \($0.english) / \($0.remedy)" }
    }

    /// Whether messages of the hub arrive.
    package var isConnected: Bool { connection == .live || connection == .syncing }

    /// Entries known to exist and not applied yet; nothing while that is unknown.
    package var lag: UInt64? { headSequence.map { $0 > sequence ? $0 - sequence : 0 } }
}
