import EventSourcing
import FoundationEssentials

/// The stored payload of one event type with the places where its references go.
///
/// The texts are what the product's encoder writes (a test decodes and encodes them again); filling them in costs less than
/// encoding, so that the log is measured and not its producers.
struct PayloadTemplate: Sendable {
    /// What stands at a place.
    enum Place: String, CaseIterable, Sendable {
        case caseFile, referral, item, person, department
    }

    private enum Piece: Sendable {
        case text([UInt8])
        case place(Place)
    }

    let type: String
    private let pieces: [Piece]

    /// - Parameter text: JSON in which `<caseFile>` and the like stand for what is filled in.
    init(_ type: String, _ text: String) {
        self.type = type
        var pieces: [Piece] = []
        for part in text.split(separator: "<", omittingEmptySubsequences: false) {
            let ends = part.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
            if ends.count == 2, let place = Place(rawValue: String(ends[0])) {
                pieces.append(.place(place))
                pieces.append(.text(Array(ends[1].utf8)))
            } else {
                pieces.append(.text(Array(part.utf8)))
            }
        }
        self.pieces = pieces
    }

    func filled(_ value: (Place) -> String) -> Data {
        var data = Data(capacity: 512)
        for piece in pieces {
            switch piece {
            case .text(let bytes): data.append(contentsOf: bytes)
            case .place(let place): data.append(contentsOf: value(place).utf8)
            }
        }
        return data
    }

    /// Ten types of casework, short and long as they come in a case.
    static let mix: [PayloadTemplate] = [
        PayloadTemplate(
            "ReferralReceived",
            #"{"caseFile":"<caseFile>","department":"<department>","referral":"<referral>"}"#),
        PayloadTemplate(
            "ReferralAccepted",
            #"{"caseFile":"<caseFile>","department":"<department>","handlingPost":"<department>/aid","nextPromise":"2023-08-21","referral":"<referral>"}"#
        ),
        PayloadTemplate(
            "HandlingStarted",
            #"{"caseFile":"<caseFile>","department":"<department>","referral":"<referral>"}"#),
        PayloadTemplate(
            "ProgressReported",
            #"{"attachments":[{"bytes":20480,"digest":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","name":"form-2.pdf"}],"caseFile":"<caseFile>","department":"<department>","nextPromise":"2023-08-21","referral":"<referral>","stage":"contactMade"}"#
        ),
        PayloadTemplate(
            "TriageCompleted",
            #"{"caseFile":"<caseFile>","clause":"社会救助暂行办法 第三十三条 依据入户调查结论","item":"<item>","path":"refer"}"#),
        PayloadTemplate(
            "DisclosureGranted",
            #"{"basis":"社会救助暂行办法 第六章 教育救助","caseFile":"<caseFile>","department":"<department>","groups":["schooling@<person>"],"purpose":"核定学生资助,避免重复申请","referral":"<referral>"}"#
        ),
        PayloadTemplate(
            "ReturnRequested",
            #"{"caseFile":"<caseFile>","clause":"社会救助暂行办法 第三十三条","department":"<department>","proposed":"<department>","reason":"notOurDuty","referral":"<referral>"}"#
        ),
        PayloadTemplate(
            "DeadlineExtended",
            #"{"basis":"社会救助暂行办法 第六章,需等待司法鉴定","caseFile":"<caseFile>","granted":{"add":5},"instance":"referral:<referral>","rule":"referral.handle"}"#
        ),
        PayloadTemplate(
            "ReferralDispatched",
            #"{"caseFile":"<caseFile>","item":"education.grant","items":["<item>"],"kind":"referral","lead":"<department>","limit":{"workingDays":10},"number":"DY23-00001-R2","priority":"routine","referral":"<referral>","task":"education.grant","taskVersion":1,"town":"zhen00"}"#
        ),
        PayloadTemplate(
            "ReferralCompleted",
            #"{"attachments":[{"bytes":20480,"digest":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","name":"form-2.pdf"}],"award":{"amount":200000,"kind":"cash","period":"once"},"caseFile":"<caseFile>","department":"<department>","excused":[],"outcome":"granted","referral":"<referral>"}"#
        ),
    ]
}
