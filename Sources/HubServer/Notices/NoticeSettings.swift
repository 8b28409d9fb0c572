package import CaseDesk
import EventSourcing
import Foundation
import RuleBook

/// Where notices go, as the operator's file says (`onedoor serve --notices FILE`); without the file they stay in the hub.
package struct NoticeSettings: Sendable {
    /// One channel each.
    package let ports: [any NoticePort]

    /// No way out.
    package static let none = NoticeSettings(ports: [])

    private init(ports: [any NoticePort]) {
        self.ports = ports
    }

    /// The file: JSON, every key known, nothing by default.
    private struct Document: Codable {
        struct Webhook: Codable {
            let name: String
            let url: String
            /// Files with one `whsec_…` each, the newest first.
            let secrets: [String]
            let recipients: [NoticeRecipient]?
        }

        struct Mail: Codable {
            let folder: String
            let from: String
            /// Address by recipient.
            let addresses: [String: String]
        }

        let allow: [String]?
        let webhooks: [Webhook]?
        let mail: Mail?
    }

    /// Reads the file and the secrets it names.
    ///
    /// - Throws: ``CommandFailure`` naming file, field and remedy.
    package init(file: String) throws(CommandFailure) {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Self.failure(file, "", "文件无法读取", "the file cannot be read", "检查路径与权限 / check path and rights")
        }
        let document: Document
        do throws(BodyError) {
            document = try BodyReader.read(Document.self, from: data)
        } catch {
            throw Self.failure(file, error.field, "内容不符合格式", "the file is not of its form", error.remedy)
        }
        var ports: [any NoticePort] = []
        for (index, webhook) in (document.webhooks ?? []).enumerated() {
            ports.append(try Self.port(webhook, document.allow ?? [], file, "webhooks[\(index)]"))
        }
        if let mail = document.mail { ports.append(try Self.port(mail, file)) }
        guard Set(ports.map(\.name)).count == ports.count else {
            throw Self.failure(
                file, "webhooks", "通道重名", "two channels have one name",
                "另取名称，mail 留给邮件 / rename one; mail is the spool's")
        }
        self.ports = ports
    }

    private static func port(
        _ webhook: Document.Webhook, _ allowed: [String], _ file: String, _ field: String
    ) throws(CommandFailure) -> any NoticePort {
        guard webhook.name.wholeMatch(of: /[a-z0-9-]{1,32}/) != nil else {
            throw failure(file, "\(field).name", "名称无效", "the name is not valid", "用 a–z、0–9、- / use a-z, 0-9 and -")
        }
        let target: WebhookTarget
        do throws(WebhookTarget.Refusal) {
            target = try WebhookTarget(webhook.url, allowed: allowed)
        } catch {
            throw failure(file, "\(field).url", "目的地址不被允许", "the address is not allowed", error.remedy)
        }
        var secrets: [WebhookSecret] = []
        for (index, path) in webhook.secrets.enumerated() {
            let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
            guard let secret = text.flatMap({ WebhookSecret($0.trimmingCharacters(in: .whitespacesAndNewlines)) })
            else {
                throw failure(
                    file, "\(field).secrets[\(index)]", "密钥文件无法使用", "the secret cannot be used",
                    "文件内写 whsec_ 加 24 至 64 字节的 base64 / put whsec_ and the base64 of 24 to 64 bytes in it")
            }
            secrets.append(secret)
        }
        guard (1...2).contains(secrets.count) else {
            throw failure(
                file, "\(field).secrets", "须有一至两个密钥", "one or two secrets are needed",
                "换密钥时新旧各一 / two while changing them, the new one first")
        }
        return WebhookPort(
            name: webhook.name, target: target, secrets: secrets, recipients: webhook.recipients.map(Set.init))
    }

    private static func port(_ mail: Document.Mail, _ file: String) throws(CommandFailure) -> any NoticePort {
        var addresses: [NoticeRecipient: String] = [:]
        for (name, address) in mail.addresses {
            guard let recipient = NoticeRecipient(name) else {
                throw failure(
                    file, "mail.addresses.\(name)", "收件对象无效", "the recipient is not valid",
                    "写 \(NoticeRecipient.textForm) / write \(NoticeRecipient.textForm)")
            }
            guard isAddress(address) else {
                throw failure(
                    file, "mail.addresses.\(name)", "邮件地址无效", "the address is not valid", "name@host")
            }
            addresses[recipient] = address
        }
        guard isAddress(mail.from) else {
            throw failure(file, "mail.from", "邮件地址无效", "the address is not valid", "name@host")
        }
        guard mail.folder.hasPrefix("/") else {
            throw failure(file, "mail.folder", "须为绝对路径", "the path must be absolute", "/var/spool/onedoor")
        }
        return MailSpool(path: mail.folder, from: mail.from, addresses: addresses)
    }

    /// One bare address; nothing that could begin another header.
    private static func isAddress(_ text: String) -> Bool {
        text.utf8.count <= 254 && text.wholeMatch(of: /[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+/) != nil
    }

    private static func failure(
        _ file: String, _ field: String, _ chinese: String, _ english: String, _ remedy: String
    ) -> CommandFailure {
        CommandFailure(
            .configuration, code: "notices.invalid", field: field.isEmpty ? file : "\(file): \(field)",
            chinese: chinese, english: english, remedy: remedy)
    }
}
