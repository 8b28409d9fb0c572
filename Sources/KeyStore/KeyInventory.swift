package import EventSourcing

/// One kind of key: what it is for, where it lies and what its loss means.
package struct KeyInventoryEntry: Hashable, Sendable {
    package let chinese: String
    package let english: String
    /// A path, or whose hands it is in.
    package let place: String
    package let count: Int?
    /// What is gone with it, in both languages.
    package let loss: String
}

extension KeyStore {
    /// Every key of the installation, the one on the sheet first.
    package func inventory() throws(KeyStoreError) -> [KeyInventoryEntry] {
        let folder = path.hasSuffix("/keys.sqlite") ? String(path.dropLast("/keys.sqlite".count)) : "."
        let places = KeyStorePlaces(folder: folder)
        return [
            KeyInventoryEntry(
                chinese: "部署密钥", english: "deployment key", place: places.deploymentKey, count: 1,
                loss: "本表可恢复；两者皆失则个人信息永久不可读 · this sheet restores it; without both, personal data is gone"),
            KeyInventoryEntry(
                chinese: "个人密钥", english: "person keys", place: "\(places.database) person_key",
                count: try personCount(), loss: "用备份恢复，须不早于日志 · restore from a backup no older than the log"),
            KeyInventoryEntry(
                chinese: "索引、请求、令牌密钥",
                english: "index, request and token keys (k_identity, k_name, k_request, k_token)",
                place: "\(places.database) hub_key", count: 4,
                loss: "用备份恢复；否则重建索引、重发令牌 · restore; else index anew and issue new tokens"),
            KeyInventoryEntry(
                chinese: "中心签名密钥 (Ed25519)", english: "hub signing key", place: "\(places.database) hub_key", count: 1,
                loss: "用备份恢复；否则向各部门重发交接单 · restore; else hand new sheets to all departments"),
            KeyInventoryEntry(
                chinese: "中心命令密钥 (X25519)", english: "hub command key", place: "\(places.database) hub_key", count: 1,
                loss: "同上 · as above"),
            KeyInventoryEntry(
                chinese: "传输服务密钥 (CURVE)", english: "CURVE server key", place: places.feedCurveKey, count: 1,
                loss: "重新生成并重发交接单 · make a new one and hand out new sheets"),
            KeyInventoryEntry(
                chinese: "分发密钥", english: "feed keys, one a department", place: "内存 · memory of serve", count: nil,
                loss: "每日自动更新 · made anew every day"),
            KeyInventoryEntry(
                chinese: "部门密钥", english: "department keys (CURVE, X25519, Ed25519)",
                place: "各部门 keys/ · at each department", count: nil, loss: "部门重新登记 · the department registers new ones"),
        ]
    }
}

/// The paper that restores the deployment key, with the inventory; to be printed once and locked away.
package struct RecoverySheet: Sendable {
    private let logID: UniqueID
    private let hubCode: String
    private let deploymentKey: DeploymentKey
    private let inventory: [KeyInventoryEntry]

    package init(
        hubCode: String, logID: UniqueID, deploymentKey: DeploymentKey, inventory: [KeyInventoryEntry]
    ) {
        self.hubCode = hubCode
        self.logID = logID
        self.deploymentKey = deploymentKey
        self.inventory = inventory
    }

    /// The whole sheet; `DeploymentKey(recoveryText:)` reads it back.
    package var text: String {
        let rows = inventory.map { entry in
            let count = entry.count.map { " × \($0)" } ?? ""
            return "- \(entry.chinese) \(entry.english)\(count)\n  \(entry.place)\n  \(entry.loss)"
        }
        return """
            一口通 恢复单 · OneDoor recovery sheet
            中心 hub \(hubCode)
            日志 log \(logID)

            部署密钥 deployment key (最后一组为校验 · the last group is the check):

            \(deploymentKey.recoveryText)

            打印一份，密封保存，不得拍照或存入电脑。
            Print once, seal, lock away; never photograph it or store it on a computer.
            恢复：将密钥写回 secrets/deployment.key，并放回 keys.sqlite 的备份。
            To restore: write the key back to secrets/deployment.key and put a backup of keys.sqlite beside it.

            密钥清单 · key inventory
            \(rows.joined(separator: "\n"))

            """
    }
}
