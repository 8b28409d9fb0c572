/// The rules that checks and assessments can break.
package enum InquiryRefusal: String, ToldRefusal, CaseIterable {
    case unknown, notAuthorized, peopleMissing, reportedBefore, otherOffice, validityOver, notReported, outOfDate,
        otherPeople, noSuchInquiry

    package static var concept: String { "inquiry" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown, .peopleMissing, .validityOver, .noSuchInquiry: .invalidField
        case .notAuthorized, .notReported, .outOfDate, .otherPeople: .conflictingRule
        case .reportedBefore: .wrongState
        case .otherOffice: .forbidden
        }
    }

    package var field: String {
        switch self {
        case .unknown, .otherOffice: "inquiry"
        case .notAuthorized, .peopleMissing: "people"
        case .reportedBefore: "band"
        case .validityOver: "validUntil"
        case .notReported, .outOfDate, .otherPeople, .noSuchInquiry: "inquiries"
        }
    }

    package var chinese: String {
        switch self {
        case .unknown: "案中没有此项核对。"
        case .notAuthorized: "有人没有有效的核对授权。"
        case .peopleMissing: "请写明 1 至 8 个已登记的人。"
        case .reportedBefore: "核对结果已报告。"
        case .otherOffice: "核对由其他机构承担。"
        case .validityOver: "有效期早于报告日。"
        case .notReported: "核对尚未报告。"
        case .outOfDate: "核对结果已过有效期。"
        case .otherPeople: "核对或评估既不涉及该事项的人，也不是为该事项作出的。"
        case .noSuchInquiry: "案中没有此项调查。"
        }
    }

    package var english: String {
        switch self {
        case .unknown: "The case has no such economic check; check the identifier."
        case .notAuthorized: "A person has no authorization for an economic check in force; get one first."
        case .peopleMissing: "Name 1 to 8 different people of the case."
        case .reportedBefore: "The check is reported; a mistake is corrected, not repeated."
        case .otherOffice: "Another office was asked for this check."
        case .validityOver: "The report would be out of date already; give a later day."
        case .notReported: "A decision rests on a check that has been reported; wait for the report."
        case .outOfDate: "The check is out of date; ask for a new one."
        case .otherPeople:
            "The inquiry is neither about the person of this item nor made for the item; name one that is."
        case .noSuchInquiry: "The case has no such inquiry; check the identifier."
        }
    }
}
