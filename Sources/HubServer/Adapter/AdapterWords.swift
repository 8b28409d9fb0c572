import Casework
import Deadlines
import DepartmentKit
import EventSourcing
import FeedProtocol
import RuleBook

/// An adapter's answers as lines for a department's officer.
enum AdapterWords {
    static func lines(of reply: AdapterReply) -> [String] {
        var lines: [String] = []
        if let position = reply.position { lines.append("已记录 #\(position) – recorded") }
        if let status = reply.status { lines.append(line(of: status)) }
        if let inbox = reply.inbox, inbox.isEmpty { lines.append("收件箱为空 – nothing in the inbox") }
        for row in reply.inbox ?? [] {
            lines.append(line(of: row))
            for part in row.parts { lines.append("    \(part.group.rawValue): \(text(of: part))") }
        }
        for followUp in reply.followUps ?? [] {
            lines.append("跟进 follow-up \(followUp.number ?? "\(followUp.followUp)")  \(followUp.state.rawValue)")
        }
        return lines
    }

    private static func line(of status: AdapterStatus) -> String {
        let head = status.headSequence.map { "/\($0)" } ?? ""
        let fault = status.fault.map { "  ✗ \($0)" } ?? ""
        return
            "\(status.department)  \(status.connection.rawValue)  \(status.sequence)\(head)  待发 \(status.pending)\(fault)"
    }

    private static func line(of row: InboxReferral) -> String {
        let due = row.due.sorted { $0.key < $1.key }.map { rule, day in
            "\(rule) \(day)\(row.provisional?.contains(rule) == true ? " ◇暂定" : "")"
        }.joined(separator: ", ")
        return
            "\(row.number ?? "\(row.referral)")  \(row.task ?? "")  \(row.role.rawValue)  \(row.state.rawValue)  \(due)\(ladder(row))"
    }

    private static func ladder(_ row: InboxReferral) -> String {
        guard let level = row.ladderLevel.flatMap(LadderLevel.init) else { return "" }
        let number = row.supervision.map { "（第 \($0) 号 no. \($0)）" } ?? ""
        return "  ✗ \(level.label.chinese) \(level.label.english)\(number)"
    }

    private static func text(of part: InboxReferral.Part) -> String {
        guard let value = part.value else { return "已依法删除 – erased" }
        return "\(JSONText(value))"
    }
}
