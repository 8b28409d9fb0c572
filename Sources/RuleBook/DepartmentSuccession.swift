package import EventSourcing
package import WorkingCalendar

/// A department whose duties go to another after a reform of institutions; the payload of `DepartmentSucceeded`.
package struct DepartmentSuccession: EventPayload {
    package var department: DepartmentCode
    package var successor: DepartmentCode
    /// First civil day on which the successor answers for it.
    package var from: CivilDay
    /// The decision that says so.
    package var basis: String

    package init(department: DepartmentCode, successor: DepartmentCode, from: CivilDay, basis: String) {
        self.department = department
        self.successor = successor
        self.from = from
        self.basis = basis
    }
}
