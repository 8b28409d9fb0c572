package import DepartmentKit
import EventSourcing
import FeedProtocol
import FoundationEssentials
package import Logging

/// What `onedoor adapter` asks of a department's folder or of the adapter running in it.
package struct AdapterDesk: Sendable {
    private let folder: AdapterFolder
    private let department: DepartmentCode

    /// - Parameters:
    ///   - department: Its code.
    ///   - path: Folder of the adapter.
    /// - Throws: ``CommandFailure`` when the code is malformed.
    package init(department: String, path: String) throws(CommandFailure) {
        guard let code = DepartmentCode(department) else {
            throw CommandFailure(
                .usage, code: "department.code", field: "--department", chinese: "部门代码写法不对",
                english: "not a department code", remedy: DepartmentCode.textForm)
        }
        self.department = code
        folder = AdapterFolder(path)
    }

    private struct Made: Encodable {
        let department: String
        let check: String
        let sheet: String
    }

    /// Makes the keys, or finds them made, and prints the sheet for the centre.
    ///
    /// - Throws: ``CommandFailure``.
    package func initialise(out: String?, console: Console) throws(CommandFailure) {
        do throws(AdapterFault) {
            let sheet = try folder.initialise(department: department)
            console.say(sheet.text)
            console.result(
                Made(department: "\(department)", check: sheet.checkGroup, sheet: sheet.text))
            if let out, (try? Data(sheet.text.utf8).write(to: URL(filePath: out))) == nil {
                throw AdapterFault(
                    .cannotCreate, code: "sheet.file", field: out, chinese: "登记单写不进文件",
                    english: "the sheet cannot be written", remedy: "检查路径与权限 / check the path and its rights")
            }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Pins the hub from the sheet the centre printed.
    ///
    /// - Throws: ``CommandFailure`` naming the line that is wrong.
    package func pin(sheet path: String, console: Console) throws(CommandFailure) {
        guard let text = (try? Data(contentsOf: URL(filePath: path))).map({ String(decoding: $0, as: UTF8.self) })
        else {
            throw CommandFailure(
                .badInput, code: "sheet.unreadable", field: path, chinese: "交接单读不到",
                english: "the hand-over sheet cannot be read", remedy: "检查文件名 / check the file name")
        }
        do throws(AdapterFault) {
            let sheet = try folder.pin(text, for: department)
            console.say("已绑定中心 \(sheet.logID),校验码 \(sheet.checkGroup) – pinned; compare the check group by telephone")
            console.result(["log": "\(sheet.logID)", "check": sheet.checkGroup])
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Follows the feed until stopped.
    ///
    /// - Throws: ``CommandFailure``.
    package func run(post: String?, logger: Logger) async throws(CommandFailure) {
        do {
            let acting = post.flatMap { PostCode($0) }
            try await AdapterService(
                folder: folder, department: department, post: acting, clock: WallClock(), logger: logger
            ).run()
        } catch let error as AdapterFault {
            throw CommandFailure(error)
        } catch {
            throw CommandFailure(
                .unreachable, code: "adapter.failed", chinese: "适配器意外结束",
                english: "the adapter ended unexpectedly", remedy: "见日志 / see the log")
        }
    }

    /// Asks the running adapter, prints what it says, and fails if it refused.
    ///
    /// - Throws: ``CommandFailure``; exit 4 for a refusal of the hub, 75 when the act waits for the hub.
    package func ask(_ request: AdapterRequest, console: Console) async throws(CommandFailure) {
        let reply: AdapterReply
        do throws(AdapterFault) {
            reply = try await AdapterClient(folder).ask(request)
        } catch {
            throw CommandFailure(error)
        }
        console.result(reply)
        for line in AdapterWords.lines(of: reply) { console.say(line) }
        switch reply.result {
        case .accepted, .ok: return
        case .waiting:
            throw CommandFailure(
                .tryAgain, code: "adapter.waiting", chinese: reply.chinese ?? "已存,待连通后发出",
                english: reply.english ?? "stored; it goes out once the hub can be reached",
                remedy: "onedoor adapter status 查看 / shows when it is answered")
        case .refused, .error:
            throw CommandFailure(
                reply.result == .refused ? .refused : .badInput, code: reply.code ?? "adapter.refused",
                field: reply.field ?? "", chinese: reply.chinese ?? "中心没有接受",
                english: reply.english ?? "the hub refused",
                remedy: reply.remedy ?? "–")
        }
    }
}
