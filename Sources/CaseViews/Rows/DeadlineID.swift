package import EventSourcing
package import RuleBook

/// Names one run of one deadline for ever: rule, what it is about, the body where it runs once a body, and the cycle.
///
/// The written form is stable under rebuilds and is the second half of the board's sort key:
/// `referral.handle/referral:<uuid>/1`, `meeting.confirm/meeting:<uuid>@jiaoyu/1`.
package struct DeadlineID: Hashable, Comparable, TextCodable {
    package static var textForm: String { "a deadline such as referral.handle/referral:<uuid>/1" }
    package static var textShape: TextShape {
        let kinds = EventTag.Kind.allCases.map(\.rawValue).joined(separator: "|")
        return TextShape(
            pattern: "^[a-z][a-zA-Z0-9.-]{1,63}/(\(kinds)):[!-.0-?A-~]{1,118}(@[a-z0-9-]{2,24})?/[1-9][0-9]{0,8}$",
            example: "meeting.confirm/town:huangtang/1")
    }

    /// The rule's id, `referral.handle`.
    package let rule: DeadlineRuleID
    /// What the deadline is about.
    package let scope: EventTag
    /// Set where one deadline runs for each body, as for the confirmation of minutes.
    package let body: DepartmentCode?
    /// 1, 2 … after a rework, a review or a reopening.
    package let cycle: Int

    package init(rule: DeadlineRuleID, scope: EventTag, body: DepartmentCode? = nil, cycle: Int = 1) {
        self.rule = rule
        self.scope = scope
        self.body = body
        self.cycle = cycle
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let rule = DeadlineRuleID(parts[0]), let cycle = Int(parts[2]), cycle > 0 else {
            return nil
        }
        let scoped = parts[1].split(separator: "@", maxSplits: 1).map(String.init)
        guard let first = scoped.first, let scope = EventTag(first) else { return nil }
        if scoped.count == 2 {
            guard let body = DepartmentCode(scoped[1]) else { return nil }
            self.body = body
        } else {
            body = nil
        }
        self.rule = rule
        self.scope = scope
        self.cycle = cycle
    }

    package var description: String {
        let about = body.map { "\(scope)@\($0)" } ?? scope.description
        return "\(rule)/\(about)/\(cycle)"
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
    }
}

extension DeadlineID {
    /// Rule, subject and body without the cycle.
    var unnumbered: String {
        body.map { "\(rule)/\(scope)@\($0)" } ?? "\(rule)/\(scope)"
    }
}
