import Foundation
package import RuleBook
package import WorkingCalendar
import Yams

/// The deadline rules and the calendar that ship, read straight from `deploy/rulebook`.
package enum ShippedRules {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "deploy/rulebook")

    /// The rules of `deadlines.yaml`.
    package static func deadlines() throws -> [DeadlineRule] {
        struct File: Decodable { let deadlines: [DeadlineRule] }
        return try YAMLDecoder().decode(File.self, from: text("deadlines.yaml")).deadlines
    }

    /// The calendar of `calendar.yaml`.
    package static func calendar() throws -> CalendarDocument {
        struct File: Decodable { let calendar: CalendarDocument }
        return try YAMLDecoder().decode(File.self, from: text("calendar.yaml")).calendar
    }

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
