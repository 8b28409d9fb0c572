package import RuleBook

/// Registers the public keys of a department.
package struct RegisterDepartmentKeys: RuleCommand {
    package static let name = "RegisterDepartmentKeys"

    package var keys: DepartmentKeys

    package init(keys: DepartmentKeys) {
        self.keys = keys
    }

    package var publication: RuleBookCommand { .registerDepartmentKeys(keys) }
}
