package import EventSourcing
package import FeedProtocol
import FoundationEssentials
import Glibc

/// The folder of one department's adapter: keys, pinned hand-over sheet, store, socket.
package struct AdapterFolder: Hashable, Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    var keys: String { path + "/keys" }
    /// The pinned hand-over sheet.
    package var sheet: String { path + "/hub-sheet.txt" }
    /// The socket the running adapter answers acts on.
    package var socket: String { path + "/run/adapter.sock" }

    /// Makes the folder and its keys, or finds them made.
    ///
    /// - Returns: The public sheet, the same at every call.
    /// - Throws: ``AdapterFault`` when files cannot be written, or are loose or damaged.
    package func initialise(department: DepartmentCode) throws(AdapterFault) -> EnrolmentSheet {
        for folder in [path, keys, path + "/run"] { try Self.makeFolder(folder) }
        if let made = try? DepartmentSecrets(in: self) { return made.sheet(of: department) }
        if access(keys + "/signing.key", F_OK) == 0 { return try DepartmentSecrets(in: self).sheet(of: department) }
        let fresh = DepartmentSecrets()
        try fresh.store(in: self)
        return fresh.sheet(of: department)
    }

    /// Pins the hub: writes the hand-over sheet once its check group holds.
    ///
    /// - Parameter department: Whose folder it is; nothing takes the sheet's word for it.
    /// - Throws: ``AdapterFault`` when the sheet is damaged or another department's, or another hub is pinned already.
    package func pin(_ text: String, for department: DepartmentCode? = nil) throws(AdapterFault) -> HandOverSheet {
        let new = try Self.read(text)
        if let department, new.department != department {
            throw AdapterFault(
                .badInput, code: "sheet.otherDepartment", field: "--sheet", chinese: "交接单属于 \(new.department)",
                english: "the sheet is for \(new.department)",
                remedy: "用本部门的交接单 / use this department's own sheet; nothing was changed")
        }
        if access(sheet, F_OK) == 0 {
            let pinned = try handOverSheet()
            guard pinned.logID == new.logID else {
                throw AdapterFault(
                    .configuration, code: "sheet.otherHub", field: sheet, chinese: "该目录已绑定另一个枢纽",
                    english: "this folder is pinned to another hub",
                    remedy: "换一个目录 / use another folder")
            }
        }
        let part = sheet + ".part"
        do {
            try Data(new.text.utf8).write(to: URL(filePath: part))
        } catch {
            throw Self.unwritable(part, "write failed")
        }
        guard chmod(part, 0o600) == 0, rename(part, sheet) == 0 else {
            throw Self.unwritable(sheet, String(cString: strerror(errno)))
        }
        return new
    }

    /// The pinned hand-over sheet.
    ///
    /// - Throws: ``AdapterFault`` when none is pinned, or the file was damaged.
    package func handOverSheet() throws(AdapterFault) -> HandOverSheet {
        guard let data = try? Data(contentsOf: URL(filePath: sheet)) else {
            throw AdapterFault(
                .configuration, code: "sheet.missing", field: sheet, chinese: "没有交接单",
                english: "no hand-over sheet is pinned",
                remedy: "运行 onedoor adapter pin 并给出中心打印的交接单 / run onedoor adapter pin with the sheet the centre printed"
            )
        }
        return try Self.read(String(decoding: data, as: UTF8.self))
    }

    private static func read(_ text: String) throws(AdapterFault) -> HandOverSheet {
        do {
            return try HandOverSheet(text: text)
        } catch {
            throw AdapterFault(
                .configuration, code: "sheet.malformed", field: error.field, chinese: error.chinese,
                english: error.english, remedy: "逐行核对交接单 / copy the hand-over sheet again, line by line")
        }
    }

    private static func makeFolder(_ path: String) throws(AdapterFault) {
        // Parents come from whoever names the folder; only the last step is ours.
        if mkdir(path, 0o700) != 0 {
            guard errno == EEXIST else { throw unwritable(path, String(cString: strerror(errno))) }
            guard chmod(path, 0o700) == 0 else { throw unwritable(path, String(cString: strerror(errno))) }
        }
    }

    private static func unwritable(_ path: String, _ cause: String) -> AdapterFault {
        AdapterFault(
            .cannotCreate, code: "folder.unwritable", field: path, chinese: "目录不可写",
            english: "the folder cannot be written: \(cause)",
            remedy: "检查上级目录是否存在、磁盘和权限 / check that the parent exists, the disk and the permissions")
    }
}
