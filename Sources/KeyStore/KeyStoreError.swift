package import EventSourcing

/// Why the keys cannot be used, or why a request to them was refused.
package struct KeyStoreError: Error, Hashable, Sendable {
    /// What is wrong and where; paths are named, keys and persons never.
    package enum Code: Hashable, Sendable {
        /// A file that should be there is not.
        case missingFile(String)
        /// Creating would overwrite this file.
        case alreadyExists(String)
        /// Others than the owner may read or write this file.
        case loosePermissions(String)
        /// The file cannot be read or written; the number is the system's.
        case fileFailed(String, errno: Int32)
        /// The deployment key is not 32 bytes.
        case deploymentKeyMalformed(String)
        /// The deployment key does not open these keys.
        case wrongDeploymentKey
        /// The keys belong to another log.
        case foreignLog(expected: UniqueID, found: UniqueID)
        /// Written by a later version of the program.
        case newerFormat(Int)
        /// Another process has the keys open.
        case inUse(String)
        /// No key file of ours, or an altered one.
        case damaged(String)
        /// SQLite failed; the number is its extended result code.
        case databaseFailed(Int32)
        /// The reference was given to another person.
        case referenceTaken(PersonReference)
        /// The person was erased; a reference is never used again.
        case erased(PersonReference)
        /// The log holds ciphertext of a person these keys do not know: they are older than the log.
        case olderThanLog(PersonReference)
        case identityNumberLength
        case nameEmpty
        /// The account exists with another role, department, town or post.
        case accountDiffers(AccountID)
        case unknownAccount(AccountID)
        case unknownToken
        /// The recovery text has this many characters of 56.
        case recoveryTextLength(Int)
        /// Place of the first character that is none of the alphabet, from 1.
        case recoveryTextCharacter(Int)
        case recoveryTextCheck
    }

    package let code: Code

    package init(_ code: Code) {
        self.code = code
    }
}

extension KeyStoreError: CustomStringConvertible {
    /// What is wrong and how to mend it, Chinese first; paths and references, never personal data.
    package var description: String {
        switch code {
        case .missingFile(let path):
            "缺少文件 \(path)。\(path) is missing; restore it from the backup or the recovery sheet."
        case .alreadyExists(let path): "\(path) 已存在。\(path) exists; choose an empty folder."
        case .loosePermissions(let path): "\(path) 权限过宽。Others may read \(path); run: chmod 600 \(path)"
        case .fileFailed(let path, let errno):
            "\(path) 无法读写（\(errno)）。\(path) cannot be used, errno \(errno); check disk and owner."
        case .deploymentKeyMalformed(let path):
            "\(path) 不是 32 字节。\(path) is not 32 bytes; write it anew from the recovery sheet."
        case .wrongDeploymentKey:
            "部署密钥不符。The deployment key does not open these keys; use the one of the recovery sheet of this log."
        case .foreignLog(let expected, let found):
            "密钥属于另一日志。The keys belong to log \(found), not \(expected); use the keys backed up with this log."
        case .newerFormat(let format): "密钥文件版本 \(format) 较新。The keys have format \(format); use a newer onedoor."
        case .inUse(let path): "\(path) 正被占用。Another process has \(path) open; stop it first."
        case .damaged(let path): "\(path) 已损坏。\(path) is damaged or no key file; restore it from the backup."
        case .databaseFailed(let result): "密钥库故障（\(result)）。The key file failed, SQLite code \(result); check the disk."
        case .referenceTaken(let person):
            "编号 \(person) 已占用。The reference \(person) is another person's; make a new one."
        case .erased(let person): "\(person) 已被删除。\(person) was erased; register the person anew."
        case .olderThanLog(let person):
            "密钥早于日志。The keys lack person \(person) of the log; restore keys taken after the log."
        case .identityNumberLength: "身份证号应为 18 位。An identity number has 18 characters."
        case .nameEmpty: "姓名为空。Give the person's name."
        case .accountDiffers(let account):
            "账号 \(account) 已有其他身份。The account \(account) has another role or place; make a new account."
        case .unknownAccount(let account): "没有账号 \(account)。There is no account \(account)."
        case .unknownToken: "没有此令牌。There is no such token; see the list of tokens."
        case .recoveryTextLength(let count):
            "恢复码应为 56 个字符，读到 \(count) 个。The code has 56 characters; \(count) were given."
        case .recoveryTextCharacter(let place):
            "恢复码第 \(place) 个字符有误。Character \(place) of the code is none of A-Z, 2-7."
        case .recoveryTextCheck: "恢复码校验不符。The check group does not fit; compare with the sheet, group by group."
        }
    }
}
