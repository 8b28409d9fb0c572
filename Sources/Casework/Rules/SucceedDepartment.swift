package import RuleBook

/// Lets a department take over from another after a reform of institutions.
package struct SucceedDepartment: RuleCommand {
    package static let name = "SucceedDepartment"

    package var succession: DepartmentSuccession

    package init(succession: DepartmentSuccession) {
        self.succession = succession
    }

    package var publication: RuleBookCommand { .succeedDepartment(succession) }
}
