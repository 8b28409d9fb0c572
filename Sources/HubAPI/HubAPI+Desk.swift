import CaseDesk
import CaseViews
import Casework
import EventSourcing
import FoundationEssentials
import Hummingbird
import NIOCore
import RuleBook
import WorkingCalendar

extension HubAPI {
    /// Finds a person or case; the question stands in the body, so that no identity number gets into an address.
    func find(_ call: APICall) async throws(ProblemDetails) -> Response {
        _ = try commandID(call.request)
        let (question, _) = try await body(of: call, as: FindQuestion.self)
        let principal = try call.principal()
        let answer: FindAnswer
        do throws(DeskError) { answer = try await desk.find(question, by: principal) } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(answer)
    }

    /// Tells how far a case is; the card's number stands in the body, as above.
    func askStatus(_ call: APICall) async throws(ProblemDetails) -> Response {
        _ = try commandID(call.request)
        let (question, _) = try await body(of: call, as: StatusQuestion.self)
        let principal = try call.principal()
        let answer: StatusAnswer
        do throws(DeskError) { answer = try await desk.tellStatus(question, by: principal) } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(answer)
    }

    /// Opens personal data of a case; the reading is recorded first.
    func reveal(_ call: APICall) async throws(ProblemDetails) -> Response {
        let asked = try await question(of: call)
        let row = try await findCase(try call.parameter("case"), for: try call.principal(), to: .revealRecords)
        return try await reveal(asked, call, .caseFile(row.id), everybody: row.people)
    }

    /// Opens personal data of a person who has no case yet.
    func revealPerson(_ call: APICall) async throws(ProblemDetails) -> Response {
        let asked = try await question(of: call)
        guard let person = PersonReference(try call.parameter("person")) else { throw .notFound }
        // With a case it is the case's readers who may, and the reading stands with the case.
        guard try await cases(CaseFilter(person: person), after: nil, limit: 1).rows.isEmpty else {
            throw ProblemDetails(APIRefusal.personHasCase)
        }
        return try await reveal(asked, call, .person(person), everybody: [person])
    }

    /// What is asked for, read before anything is looked up: a question that does not read is never "not found".
    private func question(of call: APICall) async throws(ProblemDetails) -> (
        id: UniqueID, request: RevealRequest, bytes: Data
    ) {
        let id = try commandID(call.request)
        let (request, bytes) = try await body(of: call, as: RevealRequest.self)
        return (id, request, bytes)
    }

    private func reveal(
        _ asked: (id: UniqueID, request: RevealRequest, bytes: Data), _ call: APICall, _ subject: Subject,
        everybody: [PersonReference]
    ) async throws(ProblemDetails) -> Response {
        let principal = try call.principal()
        let opened: (parts: [RevealedPart], position: Position)
        do throws(DeskError) {
            opened = try await desk.reveal(
                asked.request, of: subject, everybody: everybody, by: principal, id: asked.id, bytes: asked.bytes)
        } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(
            RevealAnswer(position: opened.position, parts: opened.parts), at: opened.position)
    }

    /// What lies with a case, without opening any of it.
    func listAttachments(_ call: APICall) async throws(ProblemDetails) -> Response {
        let row = try await findCase(try call.parameter("case"), for: try call.principal(), to: .openCase)
        return try JSONAnswer.response(AttachmentsAnswer(attachments: row.attachments))
    }

    /// Takes in one file: the body is the file as it is, whatever type its sender claims.
    func storeAttachment(_ call: APICall) async throws(ProblemDetails) -> Response {
        let principal = try call.principal()
        let id = try commandID(call.request)
        let row = try await findCase(try call.parameter("case"), for: principal, to: .openCase)
        let name = try call.query.value("name", as: AttachmentName.self, form: AttachmentName.textForm)
        let named = try call.query.value("person", as: PersonReference.self, form: PersonReference.textForm)
        guard let person = named ?? row.applicant else { throw .invalidParameter("person", mustBe: "given") }
        let content = try await collectBody(call.request, upTo: AttachmentDesk.largest)
        let stored: (command: StoreAttachment, receipt: CommandReceipt)
        do throws(DeskError) {
            stored = try await AttachmentDesk(desk).store(
                content, named: name, of: person, in: row.id, by: principal, id: id)
        } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(
            StoredAnswer(
                attachment: stored.command.attachment, mediaType: stored.command.mediaType, file: stored.command.file),
            status: .created, at: stored.receipt.position)
    }

    /// Gives one file out; the reading is recorded first.
    func openAttachment(_ call: APICall) async throws(ProblemDetails) -> Response {
        let principal = try call.principal()
        let id = try commandID(call.request)
        let row = try await findCase(try call.parameter("case"), for: principal, to: .revealRecords)
        guard let attachment = UniqueID(try call.parameter("attachment")),
            let file = row.attachments.first(where: { $0.attachment == attachment })
        else { throw .notFound }
        let purpose = call.query.text("purpose").map(ReadingPurpose.init(rawValue:)) ?? .handling
        guard let purpose else {
            throw .invalidParameter(
                "purpose", mustBe: "one of " + ReadingPurpose.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let content: Data
        do throws(DeskError) {
            content = try await AttachmentDesk(desk).open(
                attachment, of: file.person, in: row.id, purpose: purpose, by: principal, id: id)
        } catch {
            throw ProblemDetails(error)
        }
        var response = Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content)))
        response.headers[.contentType] = file.mediaType.rawValue
        // Never shown inside our own pages: what a citizen brought is not ours to run.
        response.headers[.contentDisposition] = "attachment"
        return response
    }

    /// The open cases of a post and of those it stands in for today, broken promises first.
    func readPostWorklist(_ call: APICall) async throws(ProblemDetails) -> Response {
        guard let post = PostCode("\(try call.parameter("department"))/\(try call.parameter("post"))") else {
            throw .notFound
        }
        let staff: StaffRegister
        do throws(DeskError) { staff = try await desk.staff() } catch { throw ProblemDetails(error) }
        let sight = try await sight(of: call, for: .readCases)
        let posts = [post] + staff.posts(deputisedBy: post, on: today)
        var filter = CaseFilter(states: [.open, .exitProposed])
        sight.narrow(&filter)
        filter.keepers = Set(posts.map(CaseRow.Keeper.post))
        let page = try await casesBrokenFirst(filter, after: nil, limit: 500)
        let rows = page.rows.filter { row in sight.sees(row) && row.post.map(posts.contains) == true }
        return try JSONAnswer.response(
            PostWorklistAnswer(
                position: page.position, deputy: staff.deputy(of: post, on: today),
                rows: rows.map { PostWorklistAnswer.Row($0, on: today) }),
            at: page.position)
    }

    /// Every emergency access, the unreviewed first, with the day by which its review is due.
    func listEmergencyAccesses() async throws(ProblemDetails) -> Response {
        let events: [RecordedEvent]
        do throws(EventLogError) {
            events = try await desk.log.readAll(
                .types([
                    DeskEvent.Kind.emergencyAccessUsed.rawValue, DeskEvent.Kind.emergencyAccessReviewed.rawValue,
                ])
            ).events
        } catch {
            throw ProblemDetails(DeskError(error))
        }
        let calendar = try await ruleBook().calendar
        var entries: [EmergencyEntry] = []
        for event in events {
            guard case .desk(let fact) = try? CaseworkEvent(event) else { continue }
            if case .emergencyAccessUsed(let used) = fact {
                let day = CivilDay(containing: event.recordedAt.milliseconds)
                entries.append(
                    EmergencyEntry(
                        used: used, at: event.recordedAt,
                        reviewDue: try? calendar?.due(after: day, workingDays: 5).day, finding: nil))
            } else if case .emergencyAccessReviewed(let review) = fact,
                let index = entries.firstIndex(where: { $0.used.access == review.access })
            {
                entries[index].finding = review.finding
            }
        }
        let sorted = entries.filter { $0.finding == nil } + entries.filter { $0.finding != nil }.reversed()
        return try JSONAnswer.response(EmergenciesAnswer(accesses: Array(sorted)))
    }

    /// A JSON body read strictly, and its bytes.
    func body<Body: Codable>(of call: APICall, as type: Body.Type) async throws(ProblemDetails) -> (Body, Data) {
        try requireJSON(call.request)
        let bytes = try await collectBody(call.request)
        do throws(BodyError) {
            return (try BodyReader.read(type, from: bytes), bytes)
        } catch {
            throw ProblemDetails(error)
        }
    }
}

struct RevealAnswer: Codable {
    let position: Position
    let parts: [RevealedPart]
}

struct StoredAnswer: Codable {
    let attachment: UniqueID
    let mediaType: AttachmentType
    let file: Attachment
}

struct PostWorklistAnswer: Codable {
    /// One case on a post's desk.
    struct Row: Codable {
        let caseFile: CaseID
        let number: EntityNumber
        let state: CaseRow.State
        let town: TownCode?
        /// The post that has it: the one asked for, or one it stands in for.
        let post: PostCode?
        let promise: CasePromise?
        let isBroken: Bool

        init(_ row: CaseRow, on day: CivilDay) {
            caseFile = row.id
            number = row.number
            state = row.state
            town = row.town
            post = row.post
            promise = row.openPromise
            isBroken = row.openPromise?.isBroken(on: day) == true
        }

        private enum CodingKeys: String, CodingKey {
            case number, state, town, post, promise, isBroken
            case caseFile = "case"
        }
    }

    let position: Position
    /// Who stands in for the post today.
    let deputy: PostCode?
    let rows: [Row]
}

struct EmergencyEntry: Codable {
    let used: DeskEvent.EmergencyAccessUsed
    let at: Instant
    let reviewDue: CivilDay?
    var finding: EmergencyFinding?
}

struct AttachmentsAnswer: Codable {
    let attachments: [CaseRow.StoredFile]
}

struct EmergenciesAnswer: Codable {
    let accesses: [EmergencyEntry]
}
