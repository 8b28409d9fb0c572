import Crypto
package import EventSourcing
import FeedProtocol
package import FoundationEssentials

/// The paper a department hands to the centre: its public keys, registered with `onedoor department keys`.
package struct EnrolmentSheet: Hashable, Sendable {
    package let department: DepartmentCode
    /// CURVE public key, 32 bytes.
    package let transportKey: Data
    /// X25519 public key, 32 bytes.
    package let agreementKey: Data
    /// Ed25519 public key, 32 bytes.
    package let signingKey: Data

    /// Takes three public keys of 32 bytes each.
    package init(department: DepartmentCode, transportKey: Data, agreementKey: Data, signingKey: Data) {
        precondition(
            transportKey.count == 32 && agreementKey.count == 32 && signingKey.count == 32,
            "public keys have 32 bytes")
        self.department = department
        self.transportKey = transportKey
        self.agreementKey = agreementKey
        self.signingKey = signingKey
    }

    private enum Label: String, CaseIterable {
        case department = "department"
        case transport = "transport-key"
        case agreement = "agreement-key"
        case signing = "signing-key"
        case check = "check"

        var chinese: String {
            switch self {
            case .department: "部门"
            case .transport: "传输公钥"
            case .agreement: "接收公钥"
            case .signing: "签名公钥"
            case .check: "校验码"
            }
        }
    }

    private var fields: [(Label, String)] {
        [
            (.department, department.description), (.transport, HexBytes(transportKey).description),
            (.agreement, HexBytes(agreementKey).description), (.signing, HexBytes(signingKey).description),
        ]
    }

    /// Eight hex digits over all lines, to be compared by telephone.
    package var checkGroup: String {
        let canonical = fields.map { "\($0.0.rawValue)=\($0.1)\n" }.joined()
        let digits = HexBytes(Data(SHA256.hash(data: Data(canonical.utf8)).prefix(4))).description
        return "\(digits.prefix(4))-\(digits.suffix(4))"
    }

    /// The sheet as printed; ``init(text:)`` reads it back.
    package var text: String {
        let lines = (fields + [(.check, checkGroup)]).map { "\($0.0.chinese) \($0.0.rawValue): \($0.1)" }
        return """
            一口通 OneDoor 部门公钥登记单 1 / department enrolment sheet 1
            请当面交给中心并电话核对校验码。Hand to the centre in person; compare the check group by telephone.

            \(lines.joined(separator: "\n"))

            """
    }

    /// Reads a sheet; lines without a known label are skipped, so notes may stand on it.
    ///
    /// - Throws: ``AdapterFault`` naming the line that is missing, doubled, of another form, or the check group that differs.
    package init(text: String) throws(AdapterFault) {
        var values: [Label: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":"),
                let label = line[..<colon].split(separator: " ").last.flatMap({ Label(rawValue: String($0)) })
            else { continue }
            guard values[label] == nil else {
                throw Self.fault(label, chinese: "该行出现两次", english: "this line stands twice")
            }
            values[label] = line[line.index(after: colon)...].split(separator: " ").joined(separator: " ")
        }
        guard let department = DepartmentCode(values[.department] ?? "") else {
            throw Self.fault(.department, chinese: "缺少或不是部门代码", english: "must be \(DepartmentCode.textForm)")
        }
        self.init(
            department: department, transportKey: try Self.key(.transport, values),
            agreementKey: try Self.key(.agreement, values), signingKey: try Self.key(.signing, values))
        guard values[.check] == checkGroup else {
            throw Self.fault(.check, chinese: "校验码不符", english: "does not fit the lines above")
        }
    }

    private static func key(_ label: Label, _ values: [Label: String]) throws(AdapterFault) -> Data {
        guard let bytes = values[label].flatMap({ HexBytes($0) })?.bytes, bytes.count == 32 else {
            throw fault(label, chinese: "缺少或不是64位十六进制", english: "must be 64 characters 0-9 a-f")
        }
        return bytes
    }

    private static func fault(_ label: Label, chinese: String, english: String) -> AdapterFault {
        AdapterFault(
            .badInput, code: "sheet.malformed", field: label.rawValue, chinese: chinese, english: english,
            remedy: "逐行核对登记单 / copy the sheet again, line by line")
    }
}
