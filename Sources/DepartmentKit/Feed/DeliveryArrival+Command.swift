import Crypto
import EventSourcing
import FeedProtocol
import FoundationEssentials

extension DeliveryArrival {
    /// The id of the one command that says so: the same after every restart, so that the outbox holds it once.
    func commandID(of department: DepartmentCode) -> UniqueID {
        let digest = Array(SHA256.hash(data: Data("onedoor.delivery/\(department)/\(referral)/\(cycle)".utf8)))
        let words = (digest[..<8].reduce(0) { $0 << 8 | UInt64($1) }, digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) })
        return UniqueID(versionSevenAt: at, random: words)
    }
}
