package import EventSourcing
package import WorkingCalendar

/// Where a post is.
package enum PostPlace: Hashable, Sendable {
    case department(Department, Department.Post)
    /// The station of a town, or the service point of one of its villages.
    case station(TownCode, Town.Station, Department.Post)

    /// The post itself.
    package var post: Department.Post {
        switch self {
        case .department(_, let post), .station(_, _, let post): post
        }
    }
}

/// Why an account may not act from a post.
package enum PostRefusal: Error, Hashable, Sendable, CaseIterable {
    case otherDepartment, unknown, otherTown, notItsOwn, headOnly, notForRole, heldByAnother

    /// Stable code for programs.
    package var code: String {
        switch self {
        case .otherDepartment: "access.post"
        case .unknown: "access.postUnknown"
        case .otherTown: "access.postOfOtherTown"
        case .notItsOwn: "access.postNotOwn"
        case .headOnly: "access.postOfHead"
        case .notForRole: "access.postOfOtherRole"
        case .heldByAnother: "access.postHeld"
        }
    }

    /// What is wrong.
    package var sentence: Label {
        switch self {
        case .otherDepartment: Label("岗位不属于本部门", "the post belongs to another department")
        case .unknown: Label("规则库中没有这个岗位", "the rule book knows no such post")
        case .otherTown: Label("岗位不在本镇街的站点", "the post is at a station of another town")
        case .notItsOwn: Label("账号登记的是另一个岗位", "the account is registered for another post")
        case .headOnly: Label("这是负责人岗位", "this is the post of the head")
        case .notForRole: Label("这个岗位不由您的角色担任", "your role does not act from this post")
        case .heldByAnother: Label("当日这个岗位由他人担任", "somebody else holds the post that day")
        }
    }

    /// What to do instead.
    package var remedy: Label {
        switch self {
        case .otherDepartment: Label("填写本部门的岗位", "give a post of your own department")
        case .unknown: Label("核对岗位代码,或先发布含此岗位的规则", "check the code, or publish the post first")
        case .otherTown: Label("填写本镇街站点的岗位", "give a post of a station of your own town")
        case .notItsOwn: Label("不填岗位,或请操作员登记任职", "leave the post out, or have the holder of the post changed")
        case .headOnly: Label("由负责人办理,或请操作员登记任职", "let the head do it, or have the holder changed")
        case .notForRole: Label("填写列明您角色的岗位,或不填", "give a post that lists your role, or none")
        case .heldByAnother: Label("由任职者办理,或先变更任职", "let the holder do it, or change the holder first")
        }
    }
}

extension RuleBook {
    /// A post as it stands in the newest versions, at a department or a station.
    package func place(of code: PostCode) -> PostPlace? {
        place(of: code, department: department(code.department), town: townOfPost(code).flatMap { town($0) })
    }

    /// A post as it stood on a day.
    package func place(of code: PostCode, on day: CivilDay) -> PostPlace? {
        place(
            of: code, department: department(code.department, on: day),
            town: townOfPost(code).flatMap { town($0, on: day) })
    }

    /// The post, if its department or station has it.
    package func post(_ code: PostCode) -> Department.Post? { place(of: code)?.post }

    /// Who held a post on a day; nothing while it was vacant or nobody was named.
    package func holder(of post: PostCode, on day: CivilDay) -> AccountID? {
        guard let tenure = tenures[post]?.last(where: { $0.from <= day }) else { return nil }
        if let until = tenure.until, until < day { return nil }
        return tenure.holder
    }

    /// Everybody a post was given to, oldest first.
    package func tenures(of post: PostCode) -> [PostTenure] { tenures[post] ?? [] }

    /// The posts an account held on a day, sorted.
    package func posts(heldBy account: AccountID, on day: CivilDay) -> [PostCode] {
        tenures.keys.filter { holder(of: $0, on: day) == account }.sorted()
    }

    /// Checks that an account may act from a post on a day.
    ///
    /// A named holder alone acts from a post; where nobody is named, the post must fit department, town and role.
    ///
    /// - Parameter isRelayed: Whether a department's adapter signed it; the department then answers for who acted.
    /// - Throws: ``PostRefusal`` with the first rule broken.
    package func checkPost(
        _ code: PostCode, for principal: Principal, on day: CivilDay, isRelayed: Bool = false
    ) throws(PostRefusal) {
        if let own = principal.department, own != code.department { throw .otherDepartment }
        guard let place = place(of: code, on: day) else { throw .unknown }
        if isRelayed { return }
        if let holder = holder(of: code, on: day) {
            guard holder == principal.account else { throw .heldByAnother }
            return
        }
        if let own = principal.post {
            guard own == code else { throw .notItsOwn }
            // The centre gave it this post; only where a station stands is checked again.
            if case .station(let town, _, _) = place, town != principal.town { throw .otherTown }
            return
        }
        try check(place, for: principal)
    }

    private func check(_ place: PostPlace, for principal: Principal) throws(PostRefusal) {
        switch (principal.role, place) {
        case (.department, .department(_, let post)), (.voluntary, .department(_, let post)):
            guard principal.department != nil else { throw .otherDepartment }
            if post.head, principal.role == .department { throw .headOnly }
        case (.departmentHead, .department):
            guard principal.department != nil else { throw .otherDepartment }
        case (.station, .station(let town, let station, _)):
            guard town == principal.town else { throw .otherTown }
            guard station.village == nil else { throw .notForRole }
        case (.village, .station(let town, let station, _)):
            guard town == principal.town else { throw .otherTown }
            guard station.village != nil else { throw .notForRole }
        case (.dispatcher, .department(_, let post)), (.supervisor, .department(_, let post)),
            (.approver, .department(_, let post)), (.meetingOffice, .department(_, let post)),
            (.auditor, .department(_, let post)), (.operator, .department(_, let post)):
            guard post.roles?.contains(principal.role) == true else { throw .notForRole }
        case (.station, .department), (.village, .department), (_, .station): throw .notForRole
        }
    }

    private func townOfPost(_ code: PostCode) -> TownCode? { TownCode(code.department.description) }

    private func place(of code: PostCode, department: Department?, town: Town?) -> PostPlace? {
        if let department, let post = department.post(code) { return .department(department, post) }
        guard let town else { return nil }
        for station in town.stations {
            if let post = station.posts.first(where: { $0.code == code }) { return .station(town.code, station, post) }
        }
        return nil
    }
}
