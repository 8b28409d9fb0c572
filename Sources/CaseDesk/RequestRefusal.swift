/// Why the desk does not take up a request, before or after the rules of the domain were asked.
package enum RequestRefusal: String, CaseIterable, Hashable, Sendable {
    case malformedJSON = "body.malformedJSON"
    case missingField = "body.missingField"
    case wrongType = "body.wrongType"
    case unknownField = "body.unknownField"
    case valueNotOfItsForm = "body.invalidValue"
    case inTheFuture = "body.future"
    case groupNotCarried = "body.sealedGroup"
    case unknownCommand = "command.unknown"
    case wrongSubject = "command.subject"
    case concernsNobody = "command.noPerson"
    case otherBody = "command.otherBody"
    case roleMayNot = "access.denied"
    case noRelay = "access.relay"
    case unknownPerson = "person.unknown"
    case noIdentity = "person.identityMissing"
    case noName = "person.name"
    case badIDNumber = "person.idNumber"
    case findMalformed = "find.malformed"
    case attachmentSize = "attachment.size"
    case attachmentType = "attachment.type"
    case attachmentMissing = "attachment.missing"
    case attachmentDamaged = "attachment.damaged"
    case attachmentErased = "attachment.erased"
    case attachmentsFull = "attachment.full"
    case attachmentsUnavailable = "attachment.store"
    case viewsUnavailable = "views.unavailable"
    case changedMeanwhile = "log.conflict"
    case diskFull = "log.full"
    case waitedTooLong = "log.expired"
    case tooManyWaiting = "log.busy"
    case tooLarge = "log.tooLarge"
    case logUnavailable = "log.unavailable"
    case keysUnavailable = "keys.unavailable"
    case notEncodable = "desk.encoding"

    package var kind: DeskError.Kind {
        switch self {
        case .malformedJSON, .missingField, .wrongType, .unknownField, .valueNotOfItsForm, .groupNotCarried,
            .wrongSubject:
            .badRequest
        case .inTheFuture, .unknownPerson, .noIdentity, .noName, .badIDNumber, .findMalformed, .attachmentSize,
            .attachmentType, .tooLarge:
            .invalidValue
        case .unknownCommand, .attachmentErased: .notFound
        case .concernsNobody: .refused
        case .otherBody: .otherBody
        case .roleMayNot, .noRelay: .forbidden
        case .changedMeanwhile: .conflict
        case .diskFull, .attachmentsFull: .full
        case .waitedTooLong, .tooManyWaiting: .busy
        case .attachmentMissing, .attachmentDamaged, .attachmentsUnavailable, .viewsUnavailable, .logUnavailable,
            .keysUnavailable, .notEncodable:
            .unavailable
        }
    }

    /// The field at fault, where it is always the same.
    package var field: String {
        switch self {
        case .malformedJSON, .missingField, .wrongType, .unknownField, .valueNotOfItsForm, .roleMayNot, .noRelay,
            .findMalformed, .viewsUnavailable, .changedMeanwhile, .diskFull, .waitedTooLong, .tooManyWaiting,
            .tooLarge, .logUnavailable, .keysUnavailable, .notEncodable, .attachmentsFull, .attachmentsUnavailable:
            ""
        case .inTheFuture: "occurredAt"
        case .groupNotCarried, .unknownPerson, .noIdentity: "sealed"
        case .unknownCommand: "type"
        case .wrongSubject, .concernsNobody: "subject"
        case .otherBody: "Idempotency-Key"
        case .noName: "sealed.identity.value.name"
        case .badIDNumber: "sealed.identity.value.idNumber"
        case .attachmentSize, .attachmentType: "body"
        case .attachmentMissing, .attachmentDamaged, .attachmentErased: "attachment"
        }
    }

    package var chinese: String {
        switch self {
        case .findMalformed: "查找条件不对"
        case .attachmentSize: "附件须为 1 字节至 10 MiB"
        case .attachmentType: "不收这种文件"
        case .attachmentMissing: "附件库中没有这份文件"
        case .attachmentDamaged: "附件已损坏或被替换"
        case .attachmentErased: "此人信息已删除,附件不可读"
        case .attachmentsFull: "磁盘已满,附件没有存下"
        case .attachmentsUnavailable: "附件库暂不可用"
        case .viewsUnavailable: "视图暂不可用"
        case .malformedJSON: "内容不是有效的 JSON"
        case .missingField: "缺少字段"
        case .wrongType: "字段类型不对"
        case .unknownField: "没有这个字段"
        case .valueNotOfItsForm: "字段的值不对"
        case .inTheFuture: "发生时间在将来"
        case .groupNotCarried: "这条命令不带这一组内容"
        case .unknownCommand: "没有这条命令"
        case .wrongSubject: "命令的对象不对"
        case .concernsNobody: "这条命令不涉及任何人"
        case .otherBody: "这个编号已用于另一条命令"
        case .roleMayNot: "您的角色不能做这件事"
        case .noRelay: "部门没有中继账号"
        case .unknownPerson: "没有这个人"
        case .noIdentity: "缺少身份信息"
        case .noName: "缺少姓名"
        case .badIDNumber: "身份证号码有误"
        case .changedMeanwhile: "别人刚改动了同一件事"
        case .diskFull: "磁盘已满,没有记下任何东西"
        case .waitedTooLong: "排队过久,没有记下任何东西"
        case .tooManyWaiting: "请求太多"
        case .tooLarge: "内容超出上限"
        case .logUnavailable: "事件日志暂不可用"
        case .keysUnavailable: "密钥库暂不可用"
        case .notEncodable: "内部错误"
        }
    }

    package var english: String {
        switch self {
        case .findMalformed: "what to look for is malformed"
        case .attachmentSize: "an attachment has 1 byte to 10 MiB"
        case .attachmentType: "this kind of file is not kept"
        case .attachmentMissing: "the store does not have this file"
        case .attachmentDamaged: "the file is damaged or was replaced"
        case .attachmentErased: "the person was erased, and the file with them"
        case .attachmentsFull: "the disk is full; the file was not kept"
        case .attachmentsUnavailable: "the store of files cannot be used now"
        case .viewsUnavailable: "the views cannot be read now"
        case .malformedJSON: "the body is not valid JSON"
        case .missingField: "a field is missing"
        case .wrongType: "a field has the wrong type"
        case .unknownField: "a field is unknown"
        case .valueNotOfItsForm: "a field has an invalid value"
        case .inTheFuture: "the time lies in the future"
        case .groupNotCarried: "this command does not carry this group"
        case .unknownCommand: "there is no such command"
        case .wrongSubject: "the command is addressed to the wrong kind of thing"
        case .concernsNobody: "the command concerns nobody, so its signed text cannot be kept"
        case .otherBody: "this command id was used with another body"
        case .roleMayNot: "your role may not do this"
        case .noRelay: "the department has no relay account"
        case .unknownPerson: "there is no such person"
        case .noIdentity: "the identity is missing"
        case .noName: "the name is missing"
        case .badIDNumber: "the identity number is wrong"
        case .changedMeanwhile: "someone changed the same thing just now"
        case .diskFull: "the disk is full; nothing was recorded"
        case .waitedTooLong: "it waited too long; nothing was recorded"
        case .tooManyWaiting: "too many requests are waiting"
        case .tooLarge: "the command is too large to record"
        case .logUnavailable: "the event log cannot be used now"
        case .keysUnavailable: "the key store cannot be used now"
        case .notEncodable: "internal error"
        }
    }

    /// What to do, in Chinese and English; where the place knows better, it says so itself.
    package var remedy: (chinese: String, english: String) {
        switch self {
        case .findMalformed: ("按说明填写", "give it as described")
        case .attachmentSize: ("压缩或分成几份", "make it smaller or split it")
        case .attachmentType:
            ("请用 PDF、图片、OFD、DOCX、XLSX、录音或录像", "send PDF, a picture, OFD, DOCX, XLSX, sound or film")
        case .attachmentMissing: ("请系统管理员从备份恢复", "ask the operator to restore it")
        case .attachmentDamaged: ("请系统管理员从备份恢复", "ask the operator to restore it")
        case .attachmentErased: ("无", "nothing can be done")
        case .attachmentsFull: ("请系统管理员腾出空间后重发", "free some space, then send again")
        case .attachmentsUnavailable: ("请系统管理员查看", "ask the operator")
        case .viewsUnavailable: ("稍后再试", "try again shortly")
        case .malformedJSON: ("发送有效的 UTF-8 JSON", "send valid JSON in UTF-8")
        case .missingField: ("补上此字段", "add this field")
        case .wrongType: ("按接口说明的类型填写", "send the documented type")
        case .unknownField: ("删去此字段", "remove this field")
        case .valueNotOfItsForm: ("按接口说明填写", "use one of the documented values")
        case .inTheFuture: ("填写现在或过去的时间", "give a time up to now")
        case .groupNotCarried: ("见 /v1/commands 所列的组", "see its groups at /v1/commands")
        case .unknownCommand: ("见 /v1/commands 的命令表", "see the list at /v1/commands")
        case .wrongSubject: ("见 /v1/commands 所列的对象", "see its subjects at /v1/commands")
        case .concernsNobody: ("写明对象或人员", "say what or whom it is about")
        case .otherBody: ("换一个新的编号,或按原样重发", "use a new id, or send the same bytes again")
        case .roleMayNot: ("见 /v1/commands 所列的角色", "see its roles at /v1/commands")
        case .noRelay: ("请中心重新登记部门密钥", "ask the centre to register the keys anew")
        case .unknownPerson: ("先登记这个人", "register the person first")
        case .noIdentity: ("附上 identity 一组,含 name", "send a sealed part of group identity with name")
        case .noName: ("填写 name", "give name")
        case .badIDNumber: ("核对 18 位号码与末位校验", "check the 18 characters and the last one")
        case .changedMeanwhile: ("再试一次", "try again")
        case .diskFull: ("请系统管理员腾出空间后重发", "free some space, then send again")
        case .waitedTooLong: ("用同一编号重发", "send again with the same id")
        case .tooManyWaiting: ("稍后再试", "try again shortly")
        case .tooLarge: ("缩短内容", "shorten it")
        case .logUnavailable: ("请系统管理员查看日志;之后用同一编号重发", "ask the operator; then send again with the same id")
        case .keysUnavailable: ("请系统管理员查看", "ask the operator")
        case .notEncodable: ("请报告此错误", "report this")
        }
    }
}

extension DeskError {
    /// A request that was not taken up.
    ///
    /// - Parameters:
    ///   - field: Where another field than the usual one is at fault.
    ///   - remedy: Where more can be said than the usual.
    package init(_ refusal: RequestRefusal, field: String? = nil, remedy: String? = nil) {
        self.init(
            refusal.kind, code: refusal.rawValue, field: field ?? refusal.field, chinese: refusal.chinese,
            english: refusal.english,
            remedy: remedy ?? "\(refusal.remedy.chinese) / \(refusal.remedy.english)")
    }
}
