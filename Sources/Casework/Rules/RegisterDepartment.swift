package import RuleBook

/// Registers a department, or a new version of one.
package struct RegisterDepartment: RuleCommand {
    package static let name = "RegisterDepartment"

    package var department: Department

    package init(department: Department) {
        self.department = department
    }

    package var publication: RuleBookCommand { .registerDepartment(department) }
}
