import EventSourcing
import WorkingCalendar

extension RuleBook {
    /// A town with its villages and stations, each code once, each post of its own town.
    func register(_ town: Town) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        let before = self.town(town.code)
        guard
            try isNew(
                town, version: town.version, newest: before?.version,
                published: { version in
                    townVersions[town.code]?.first { $0.version == version }
                })
        else { return [] }
        try requireText(town.name)
        try requireLater(town.effectiveFrom, than: before?.effectiveFrom)
        if let body = DepartmentCode(town.code.description).flatMap({ department($0) }), body.kind != .town {
            throw .codeOfDepartment(town.code)
        }
        var villages: Set<VillageCode> = []
        for village in town.villages {
            guard villages.insert(village.code).inserted else { throw .villageListedTwice(village.code) }
            try requireText(village.name)
        }
        try checkStations(of: town, villages)
        return [Decided(.townRegistered(town), tags: [.town(town.code)])]
    }

    private func checkStations(of town: Town, _ villages: Set<VillageCode>) throws(RuleBookRefusal) {
        let elsewhere = Set(towns.filter { $0.code != town.code }.flatMap { $0.stations.map(\.code) })
        var taken = elsewhere
        var posts = Set(
            DepartmentCode(town.code.description).flatMap { department($0) }.map { $0.posts.map(\.code) } ?? [])
        for station in town.stations {
            guard taken.insert(station.code).inserted else { throw .stationListedTwice(station.code) }
            try requireText(station.name)
            if let village = station.village, !villages.contains(village) { throw .unknownVillage(village) }
            for post in station.posts {
                guard post.code.department.description == town.code.description else {
                    throw .postOutsideTown(post.code, town.code)
                }
                guard posts.insert(post.code).inserted else { throw .postListedTwice(post.code) }
                try requireText(post.name)
            }
        }
    }

    /// Who holds a post: one account at a time, told in the order of the days.
    func change(_ tenure: PostTenure) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        let known = tenures[tenure.post] ?? []
        guard !known.contains(tenure) else { return [] }
        guard place(of: tenure.post) != nil else { throw .unknownPost(tenure.post) }
        if let until = tenure.until, until < tenure.from { throw .tenureEndsBeforeItBegins }
        if let last = known.last, tenure.from <= (last.until ?? last.from) {
            throw .holderOverlaps(tenure.post, until: last.until ?? last.from)
        }
        return [Decided(.postHolderChanged(tenure), tags: [])]
    }

    /// A successor of the same standing in law, once, and never in a circle.
    func succeed(_ succession: DepartmentSuccession) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        guard successions[succession.department] != succession else { return [] }
        guard let old = department(succession.department) else { throw .unknownDepartment(succession.department) }
        guard let new = department(succession.successor) else { throw .unknownDepartment(succession.successor) }
        if let known = successions[succession.department] { throw .departmentSucceeded(old.code, by: known.successor) }
        guard old.kind == new.kind else { throw .successorOfOtherKind(new.code, old.kind) }
        var next: DepartmentCode? = new.code
        while let code = next {
            guard code != old.code else { throw .successionInCircle(old.code) }
            next = successions[code]?.successor
        }
        return [
            Decided(.departmentSucceeded(succession), tags: [.department(old.code), .department(new.code)])
        ]
    }

    /// The end of an item that was in force before.
    func retire(_ retirement: PolicyItemRetirement) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        guard retirements[retirement.code] != retirement else { return [] }
        guard let item = policyItem(retirement.code) else { throw .unknownPolicyItem(retirement.code) }
        if let known = retirements[retirement.code] { throw .itemRetired(item.code, from: known.from) }
        try requireLater(retirement.from, than: item.effectiveFrom)
        if let other = retirement.replacedBy {
            guard other != item.code, policyItem(other) != nil else { throw .unknownPolicyItem(other) }
        }
        return [Decided(.policyItemRetired(retirement), tags: [.department(item.department)])]
    }
}
