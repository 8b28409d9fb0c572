import Crypto
package import EventSourcing
package import FoundationEssentials

/// The paper a department gets when it is enrolled: whom to call and which keys to believe.
///
/// Everything on it is pinned by the adapter; nothing of it is ever taken from the wire.
package struct HandOverSheet: Hashable, Sendable {
    package let department: DepartmentCode
    package let logID: UniqueID
    /// `tcp://host:port` of the control socket.
    package let controlEndpoint: String
    /// CURVE public key of the hub, 32 bytes.
    package let serverKey: Data
    /// Ed25519 public key of the hub, 32 bytes.
    package let signingKey: Data
    /// X25519 public key commands are sealed to, 32 bytes.
    package let commandKey: Data

    /// Why a typed-in sheet was not taken.
    package struct Fault: Error, Hashable, Sendable {
        /// The label of the line at fault.
        package let field: String
        package let chinese: String
        package let english: String
    }

    /// A sheet; each key has 32 bytes.
    package init(
        department: DepartmentCode, logID: UniqueID, controlEndpoint: String, serverKey: Data, signingKey: Data,
        commandKey: Data
    ) {
        precondition(
            serverKey.count == 32 && signingKey.count == 32 && commandKey.count == 32, "public keys have 32 bytes")
        self.department = department
        self.logID = logID
        self.controlEndpoint = controlEndpoint
        self.serverKey = serverKey
        self.signingKey = signingKey
        self.commandKey = commandKey
    }

    private var fields: [(Label, String)] {
        [
            (.department, department.description), (.log, logID.description), (.control, controlEndpoint),
            (.serverKey, HexBytes(serverKey).description), (.signingKey, HexBytes(signingKey).description),
            (.commandKey, HexBytes(commandKey).description),
        ]
    }

    private enum Label: String, CaseIterable {
        case department = "department"
        case log = "log"
        case control = "control"
        case serverKey = "server-key"
        case signingKey = "signing-key"
        case commandKey = "command-key"
        case check = "check"

        var chinese: String {
            switch self {
            case .department: "部门"
            case .log: "日志"
            case .control: "控制地址"
            case .serverKey: "传输公钥"
            case .signingKey: "签名公钥"
            case .commandKey: "指令公钥"
            case .check: "校验码"
            }
        }
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
            一口通 OneDoor 部门接入交接单 1 / department hand-over sheet 1
            请当面交接并电话核对校验码。Hand over in person; compare the check group by telephone.

            \(lines.joined(separator: "\n"))

            """
    }

    /// Reads a sheet; lines without a known label are skipped, so notes may stand on it.
    ///
    /// - Throws: ``Fault`` naming the line that is missing, doubled, of another form, or the check group that differs.
    package init(text: String) throws(Fault) {
        var values: [Label: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].split(separator: " ").last.map(String.init) ?? ""
            guard let label = Label(rawValue: name) else { continue }
            guard values[label] == nil else {
                throw Fault(field: name, chinese: "该行出现两次", english: "this line stands twice; keep one")
            }
            let value = line[line.index(after: colon)...]
            values[label] = String(value.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        func value(_ label: Label) throws(Fault) -> String {
            guard let value = values[label], !value.isEmpty else {
                throw Fault(field: label.rawValue, chinese: "缺少该行", english: "this line is missing; copy it again")
            }
            return value
        }
        func key(_ label: Label) throws(Fault) -> Data {
            guard let hex = HexBytes(try value(label)), hex.bytes.count == 32 else {
                throw Fault(field: label.rawValue, chinese: "应为64位十六进制", english: "must be 64 characters 0-9 a-f")
            }
            return hex.bytes
        }
        guard let department = DepartmentCode(try value(.department)) else {
            throw Fault(
                field: "department", chinese: "应为部门代码", english: "must be \(DepartmentCode.textForm)")
        }
        guard let logID = UniqueID(try value(.log)) else {
            throw Fault(field: "log", chinese: "应为UUID", english: "must be \(UniqueID.textForm)")
        }
        let control = try value(.control)
        guard control.hasPrefix("tcp://"), control.utf8.count <= 255 else {
            throw Fault(
                field: "control", chinese: "应为tcp://主机:端口", english: "must be an address such as tcp://hub.example:7401"
            )
        }
        self.init(
            department: department, logID: logID, controlEndpoint: control, serverKey: try key(.serverKey),
            signingKey: try key(.signingKey), commandKey: try key(.commandKey))
        guard try value(.check) == checkGroup else {
            throw Fault(
                field: "check", chinese: "校验码不符，请逐行核对", english: "does not fit the lines above; compare line by line")
        }
    }
}
