package import CaseDesk
package import EventSourcing
package import KeyStore

/// Why a command of the program failed: an exit code, what is wrong in two languages, what to do.
package struct CommandFailure: Error, Hashable, Sendable {
    package let status: ExitStatus
    /// Stable, for scripts.
    package let code: String
    /// The option, file or field concerned; empty when none is.
    package let field: String
    package let chinese: String
    package let english: String
    package let remedy: String

    package init(
        _ status: ExitStatus, code: String, field: String = "", chinese: String, english: String, remedy: String
    ) {
        self.status = status
        self.code = code
        self.field = field
        self.chinese = chinese
        self.english = english
        self.remedy = remedy
    }
}

extension CommandFailure {
    /// The desk's answer as an exit code.
    package init(_ error: DeskError) {
        let status: ExitStatus =
            switch error.kind {
            case .badRequest, .invalidValue, .otherBody: .badInput
            case .unauthorized, .forbidden: .notPermitted
            case .notFound: .nothingMatched
            case .refused: .refused
            case .conflict, .busy: .tryAgain
            case .full: .cannotCreate
            case .unavailable: .unreachable
            }
        self.init(
            status, code: error.code, field: error.field, chinese: error.chinese, english: error.english,
            remedy: error.remedy)
    }

    /// What a log that does not open means at the command line.
    package init(_ error: EventLogError, folder: String) {
        let place = error.position.map { " (#\($0))" } ?? ""
        switch error.code {
        case .locked:
            self.init(
                .tryAgain, code: "log.locked", field: folder, chinese: "另一个进程正在使用这个日志",
                english: "another process holds this log", remedy: "先停止它,或通过它操作 / stop it first, or work through it")
        case .newerFormat:
            self.init(
                .configuration, code: "log.newerFormat", field: folder, chinese: "日志由更新的版本写成",
                english: "the log was written by a newer version",
                remedy: "请升级 onedoor;数据未改动 / upgrade; nothing was changed")
        case .damaged, .unreadableRow:
            self.init(
                .defect, code: "log.damaged", field: folder, chinese: "日志不完整或被改动\(place)",
                english: "the log is incomplete or altered\(place): \(error.detail)",
                remedy: "运行 onedoor verify 查看位置 / run onedoor verify to see where")
        case .full:
            self.init(
                .cannotCreate, code: "log.full", field: folder, chinese: "磁盘已满", english: "the disk is full",
                remedy: "腾出空间后再试 / free some space")
        case .conflict, .busy, .expired:
            self.init(DeskError(error))
        case .otherBody, .invalidAppend, .outcomeUnknown, .unavailable, .closed:
            self.init(
                .cannotCreate, code: "log.unavailable", field: folder, chinese: "日志文件无法使用",
                english: "the log file cannot be used: \(error.detail)",
                remedy: "检查目录是否存在且可写 / check that the folder exists and is writable")
        }
    }
}

extension CommandFailure {
    /// What keys that do not open mean at the command line.
    package init(_ error: KeyStoreError, folder: String) {
        let status: ExitStatus =
            switch error.code {
            case .missingFile, .loosePermissions, .wrongDeploymentKey, .foreignLog, .newerFormat, .olderThanLog:
                .configuration
            case .alreadyExists, .fileFailed, .databaseFailed: .cannotCreate
            case .inUse: .tryAgain
            case .damaged, .deploymentKeyMalformed: .defect
            case .referenceTaken, .erased, .accountDiffers: .refused
            case .unknownAccount, .unknownToken: .nothingMatched
            case .identityNumberLength, .nameEmpty, .recoveryTextLength, .recoveryTextCharacter, .recoveryTextCheck:
                .badInput
            }
        self.init(
            status, code: "keys.\(error.code)".prefix { $0 != "(" }.description, field: folder,
            chinese: "密钥库无法使用", english: "the keys cannot be used", remedy: error.description)
    }
}
