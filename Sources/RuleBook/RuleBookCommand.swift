package import WorkingCalendar

/// What may be asked of the rule book: one version of one rule at a time.
package enum RuleBookCommand: Hashable, Sendable {
    case createHub(HubCreated)
    case registerDepartment(Department)
    case registerDepartmentKeys(DepartmentKeys)
    case registerTown(Town)
    case changePostHolder(PostTenure)
    case succeedDepartment(DepartmentSuccession)
    case publishPolicyItem(PolicyItem)
    case retirePolicyItem(PolicyItemRetirement)
    case reviseDispatchCatalog(DispatchTask)
    case publishDeadlineRule(DeadlineRule)
    case publishCalendar(CalendarDocument)
}

extension RuleBookCommand: Codable {
    /// One property says what it is: `{"policyItem": {…}}`.
    private enum Section: String, CodingKey, CaseIterable {
        case hub, department, departmentKeys, town, holder, succession, policyItem, retirement, task, deadline
        case calendar
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Section.self)
        guard let section = container.allKeys.first, container.allKeys.count == 1 else {
            let names = Section.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must be exactly one of \(names)"))
        }
        switch section {
        case .hub: self = .createHub(try container.decode(HubCreated.self, forKey: section))
        case .department: self = .registerDepartment(try container.decode(Department.self, forKey: section))
        case .departmentKeys: self = .registerDepartmentKeys(try container.decode(DepartmentKeys.self, forKey: section))
        case .town: self = .registerTown(try container.decode(Town.self, forKey: section))
        case .holder: self = .changePostHolder(try container.decode(PostTenure.self, forKey: section))
        case .succession: self = .succeedDepartment(try container.decode(DepartmentSuccession.self, forKey: section))
        case .policyItem: self = .publishPolicyItem(try container.decode(PolicyItem.self, forKey: section))
        case .retirement: self = .retirePolicyItem(try container.decode(PolicyItemRetirement.self, forKey: section))
        case .task: self = .reviseDispatchCatalog(try container.decode(DispatchTask.self, forKey: section))
        case .deadline: self = .publishDeadlineRule(try container.decode(DeadlineRule.self, forKey: section))
        case .calendar: self = .publishCalendar(try container.decode(CalendarDocument.self, forKey: section))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Section.self)
        switch self {
        case .createHub(let hub): try container.encode(hub, forKey: .hub)
        case .registerDepartment(let department): try container.encode(department, forKey: .department)
        case .registerDepartmentKeys(let keys): try container.encode(keys, forKey: .departmentKeys)
        case .registerTown(let town): try container.encode(town, forKey: .town)
        case .changePostHolder(let tenure): try container.encode(tenure, forKey: .holder)
        case .succeedDepartment(let succession): try container.encode(succession, forKey: .succession)
        case .publishPolicyItem(let item): try container.encode(item, forKey: .policyItem)
        case .retirePolicyItem(let retirement): try container.encode(retirement, forKey: .retirement)
        case .reviseDispatchCatalog(let task): try container.encode(task, forKey: .task)
        case .publishDeadlineRule(let rule): try container.encode(rule, forKey: .deadline)
        case .publishCalendar(let calendar): try container.encode(calendar, forKey: .calendar)
        }
    }
}
