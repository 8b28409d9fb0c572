import CaseDesk
import EventSourcing
import RuleBook

/// Who works in the county: the centre's roles, a window a town, an assistant a village, two accounts a department.
struct CountyStaff {
    private(set) var dispatchers: [Principal] = []
    private(set) var supervisors: [Principal] = []
    private(set) var approvers: [Principal] = []
    let meetingOffice: Principal
    /// Asks people afterwards and handles nothing else.
    let caller: Principal
    /// Asks again where a case was reopened.
    let secondCaller: Principal
    private(set) var windows: [Principal] = []
    /// By town, the accounts of its villages.
    private(set) var villages: [[Principal]] = []
    private(set) var handlers: [DepartmentCode: Principal] = [:]
    private(set) var heads: [DepartmentCode: Principal] = [:]
    /// The post a department handles from.
    private(set) var handlingPosts: [DepartmentCode: PostCode] = [:]
    let towns: [Town]

    init(_ rules: RuleBook, identifiers: IdentifierSource, at start: Instant) {
        let account = { AccountID(identifiers.next(at: start)) }
        let centre = { (role: Role, post: String) in
            Principal(account: account(), role: role, post: PostCode("minzheng/\(post)"))
        }
        dispatchers = (0..<4).map { _ in centre(.dispatcher, "dispatch") }
        supervisors = (0..<2).map { _ in centre(.supervisor, "supervision") }
        approvers = (0..<2).map { _ in centre(.approver, "approval") }
        meetingOffice = centre(.meetingOffice, "meeting")
        caller = centre(.supervisor, "supervision")
        secondCaller = centre(.supervisor, "supervision")
        towns = rules.towns
        for town in towns {
            windows.append(
                Principal(
                    account: account(), role: .station, town: town.code,
                    post: town.stations.first { $0.village == nil }?.posts.last?.code))
            villages.append(
                town.stations.filter { $0.village != nil }.map { station in
                    Principal(account: account(), role: .village, town: town.code, post: station.posts.last?.code)
                })
        }
        for department in rules.departments where department.kind != .judicial {
            let isVoluntary = department.kind == .voluntary
            let own = department.posts.filter { $0.roles == nil && !$0.head }
            handlingPosts[department.code] = own.last?.code ?? department.posts.first?.code
            handlers[department.code] = Principal(
                account: account(), role: isVoluntary ? .voluntary : .department, department: department.code,
                post: own.last?.code)
            heads[department.code] = Principal(
                account: account(), role: isVoluntary ? .voluntary : .departmentHead, department: department.code,
                post: department.posts.first(where: \.head)?.code)
        }
    }
}
