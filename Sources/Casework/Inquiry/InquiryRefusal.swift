/// The rules that checks and assessments can break.
package enum InquiryRefusal: String, ToldRefusal, CaseIterable {
    case unknown, notAuthorized, peopleMissing, reportedBefore, otherOffice, validityOver, notReported, outOfDate,
        otherPeople, noSuchInquiry, owesAnswer, basisMissing, noConsent, questionOpen, answeredBefore, answeredOnPaper,
        noSuchOffice

    package static var concept: String { "inquiry" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown, .peopleMissing, .validityOver, .noSuchInquiry, .basisMissing: .invalidField
        case .notAuthorized, .notReported, .outOfDate, .otherPeople, .owesAnswer, .noConsent, .questionOpen,
            .noSuchOffice:
            .conflictingRule
        case .reportedBefore, .answeredBefore: .wrongState
        case .otherOffice, .answeredOnPaper: .forbidden
        }
    }

    package var field: String {
        switch self {
        case .unknown, .otherOffice, .answeredOnPaper: "inquiry"
        case .notAuthorized, .peopleMissing, .noConsent: "people"
        case .owesAnswer, .questionOpen: "department"
        case .basisMissing: "basis"
        case .noSuchOffice: "office"
        case .answeredBefore: "answer"
        case .reportedBefore: "band"
        case .validityOver: "validUntil"
        case .notReported, .outOfDate, .otherPeople, .noSuchInquiry: "inquiries"
        }
    }

    package var chinese: String {
        switch self {
        case .unknown: "案中没有此项核对或商请。"
        case .notAuthorized: "有人没有有效的核对授权。"
        case .peopleMissing: "请写明 1 至 8 个已登记的人。"
        case .reportedBefore: "核对结果已报告。"
        case .otherOffice: "此项核对或商请由其他单位承担。"
        case .validityOver: "有效期早于报告日。"
        case .notReported: "核对尚未报告。"
        case .outOfDate: "核对结果已过有效期。"
        case .otherPeople: "核对或评估既不涉及该事项的人，也不是为该事项作出的。"
        case .noSuchInquiry: "案中没有此项调查。"
        case .owesAnswer: "职能部门有答复义务，请以转办单要求。"
        case .basisMissing: "请写明商请依据，1 至 200 字。"
        case .noConsent: "向社会力量了解情况须所涉各人同意。"
        case .questionOpen: "该单位尚有一项商请未答复。"
        case .answeredBefore: "商请已答复。"
        case .answeredOnPaper: "司法机关以书面答复，由中心记录。"
        case .noSuchOffice: "派单目录中的核对任务不由该单位承担。"
        }
    }

    package var english: String {
        switch self {
        case .unknown: "The case has no such check or request; check the identifier."
        case .notAuthorized: "A person has no authorization for an economic check in force; get one first."
        case .peopleMissing: "Name 1 to 8 different people of the case."
        case .reportedBefore: "The check is reported; a mistake is corrected, not repeated."
        case .otherOffice: "Another office was asked for this; leave it to that office."
        case .validityOver: "The report would be out of date already; give a later day."
        case .notReported: "A decision rests on a check that has been reported; wait for the report."
        case .outOfDate: "The check is out of date; ask for a new one."
        case .otherPeople:
            "The inquiry is neither about the person of this item nor made for the item; name one that is."
        case .noSuchInquiry: "The case has no such inquiry; check the identifier."
        case .owesAnswer: "A statutory department owes its answer; dispatch a referral instead of a courtesy request."
        case .basisMissing: "Say in 1 to 200 characters on what basis the body is asked."
        case .noConsent: "A voluntary body is asked about people only by their consent; get their authorization first."
        case .questionOpen: "This body has not answered the request before; record its answer first."
        case .answeredBefore: "The request is answered; a mistake is corrected, not repeated."
        case .answeredOnPaper: "A judicial body answers on paper; the centre records it."
        case .noSuchOffice:
            "The catalogue's economic check has another lead or is not in force; name that lead, or none."
        }
    }
}
