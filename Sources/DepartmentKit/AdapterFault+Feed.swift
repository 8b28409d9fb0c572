package import FeedProtocol

extension AdapterFault {
    /// What went wrong in the store, as a person should read it.
    package init(_ error: DepartmentStoreError) {
        switch error {
        case .hole(let expected, let got):
            self.init(
                .tryAgain, code: "slice.hole", chinese: "缺少第 \(expected) 条,收到第 \(got) 条",
                english: "entry \(got) came before entry \(expected)", remedy: "重新启动适配器以补传 / restart to catch up")
        case .forked(let sequence):
            self = .forked(sequence: sequence)
        case .unreadable(let sequence):
            self.init(
                .configuration, code: "slice.unreadable", field: "entry \(sequence)", chinese: "第 \(sequence) 条无法读取",
                english: "entry \(sequence) holds no event this version can read",
                remedy: "请升级 onedoor;未写入任何内容 / upgrade onedoor; nothing was applied")
        case .otherCommand(let id):
            self.init(
                .usage, code: "command.otherBody", field: "command", chinese: "该编号已用于另一条指令",
                english: "command id \(id) was used for another command",
                remedy: "换一个新编号 / use a new id, or repeat the same command")
        case .foreign(let detail):
            self.init(
                .configuration, code: "store.foreign", chinese: "该目录属于别的部门、枢纽或版本",
                english: "the folder \(detail)", remedy: "换一个目录 / use another folder")
        case .locked(let path):
            self.init(
                .tryAgain, code: "store.locked", field: path, chinese: "另一个适配器正在使用该目录",
                english: "another adapter has this folder open", remedy: "先停止它 / stop it first")
        case .unavailable(let cause):
            self.init(
                .cannotCreate, code: "store.unavailable", chinese: "本地存储无法使用",
                english: "the local store cannot be used: \(cause)",
                remedy: "检查磁盘空间和权限 / check disk space and permissions")
        }
    }

    /// The feed is not the one applied so far.
    package static func forked(sequence: UInt64) -> Self {
        Self(
            .configuration, code: "slice.forked", field: "entry \(sequence)",
            chinese: "枢纽的日志与本部门已收到的不一致(恢复、调换或篡改),已停止",
            english: "the hub's log is not the one this copy came from (restored, swapped or altered); stopped",
            remedy: "勿删除本目录;请联系中心核对第 \(sequence) 条 / keep this folder; ask the centre to compare entry \(sequence)")
    }

    /// A message was not what the pinned hub would have sent; nothing of it was applied.
    package static func notAuthentic(_ error: FeedWireError, sequence: UInt64?) -> Self {
        let place = sequence.map { "entry \($0)" } ?? ""
        switch error {
        case .notAuthentic(let part):
            return Self(
                .badInput, code: "slice.notAuthentic", field: place, chinese: "收到的内容未通过核验(\(part)),未写入,已停止",
                english: "what came is not from the pinned hub or was altered (\(part)); nothing was applied; stopped",
                remedy: "核对交接单后再启动 / compare the hand-over sheet, then start again")
        case .malformed(let field), .tooLarge(let field):
            return Self(
                .badInput, code: "slice.malformed", field: place, chinese: "收到的内容格式不对(\(field)),未写入",
                english: "what came is not of the protocol's form (\(field)); nothing was applied",
                remedy: "两边升级到同一版本 / bring both sides to the same version")
        case .unknownVersion(let version):
            return Self(
                .configuration, code: "feed.version", chinese: "枢纽使用未知的协议版本 \(version)",
                english: "the hub speaks protocol version \(version), which this program does not know",
                remedy: "请升级 onedoor / upgrade onedoor")
        }
    }

    /// Why the machine stopped for good.
    package init(_ reason: SubscriberMachine.StopReason, cursor: AdapterCursor) {
        switch reason {
        case .forked: self = .forked(sequence: cursor.sequence)
        case .version:
            self.init(
                .configuration, code: "feed.version", chinese: "枢纽与本程序没有共同的协议版本",
                english: "the hub and this program share no protocol version", remedy: "请升级 onedoor / upgrade onedoor")
        case .feed:
            self.init(
                .configuration, code: "feed.none", chinese: "枢纽没有本部门的通道",
                english: "the hub has no feed for this department",
                remedy: "请中心核对部门代码和登记 / ask the centre to check the department's code and enrolment")
        case .rejected:
            self.init(
                .badInput, code: "slice.rejected", chinese: "收到的内容被拒绝,未写入",
                english: "what came was rejected; nothing was applied", remedy: "见前一条信息 / see the message before")
        }
    }

    /// The hub turned this department's transport key away.
    package static let keyRefused = Self(
        .unreachable, code: "feed.keyRefused", chinese: "枢纽拒绝了本部门的传输密钥,将继续尝试",
        english: "the hub refused this department's transport key; still trying",
        remedy:
            "请中心登记本部门的公钥单,并核对校验码 / ask the centre to register this department's enrolment sheet; compare the check group"
    )
}
