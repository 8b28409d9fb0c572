package import EventSourcing
package import WorkingCalendar

/// One version of what the hub knows of a department; the payload of `DepartmentRegistered`.
package struct Department: EventPayload {
    /// A function in the department, the only thing events name there.
    package struct Post: Codable, Hashable, Sendable {
        package var code: PostCode
        package var name: Label
        /// Whether this post heads the department: it asks for returns and sets pauses of the department's clocks.
        package var head: Bool
        /// Roles of the centre that act from it, such as `dispatcher`; nothing means the body's own people.
        package var roles: [Role]?

        package init(code: PostCode, name: Label, head: Bool = false, roles: [Role]? = nil) {
            self.code = code
            self.name = name
            self.head = head
            self.roles = roles
        }
    }

    package var code: DepartmentCode
    /// 1, 2, 3 …; a change of anything here is a new version.
    package var version: Int
    package var kind: DepartmentKind
    package var name: Label
    package var posts: [Post]
    /// Where it works; nothing means everywhere.
    package var towns: [TownCode]?
    /// Groups it never gets, beyond those its kind never gets.
    package var neverGets: Set<FieldGroup>?
    /// The department it succeeds after a reform of institutions.
    package var successorOf: DepartmentCode?
    package var provenance: Provenance?
    /// First civil day of this version; nothing means from the beginning.
    package var effectiveFrom: CivilDay?

    package init(
        code: DepartmentCode, version: Int = 1, kind: DepartmentKind, name: Label, posts: [Post] = [],
        towns: [TownCode]? = nil, neverGets: Set<FieldGroup>? = nil, successorOf: DepartmentCode? = nil,
        provenance: Provenance? = nil, effectiveFrom: CivilDay? = nil
    ) {
        self.code = code
        self.version = version
        self.kind = kind
        self.name = name
        self.posts = posts
        self.towns = towns
        self.neverGets = neverGets
        self.successorOf = successorOf
        self.provenance = provenance
        self.effectiveFrom = effectiveFrom
    }

    /// The post, if the department has it.
    package func post(_ code: PostCode) -> Post? {
        posts.first { $0.code == code }
    }

    /// Everything no task may give it.
    package var forbiddenGroups: Set<FieldGroup> {
        kind.forbiddenGroups.union(neverGets ?? [])
    }
}
