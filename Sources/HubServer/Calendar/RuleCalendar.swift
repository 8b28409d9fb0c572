import RuleBook
package import WorkingCalendar

/// The calendar that rule files lay down, for programs that need nothing else of them.
package enum RuleCalendar {
    /// Reads it.
    ///
    /// - Throws: ``CommandFailure`` when the files are wrong or have none.
    package static func read(from rules: String) throws(CommandFailure) -> WorkingCalendar {
        do throws(RuleFileError) {
            guard let calendar = try RuleSet(path: rules).applied().calendar else {
                throw RuleFileError(
                    .missingKey, at: RulePlace(file: rules), Label("没有日历。", "There is no calendar."),
                    remedy: Label("放入 calendar.yaml。", "Put a calendar.yaml there."))
            }
            return calendar
        } catch {
            throw CommandFailure(error)
        }
    }
}
