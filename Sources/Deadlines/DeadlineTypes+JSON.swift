package import EventSourcing
package import WorkingCalendar

extension CivilDay: DescribedInJSON {
    package static var jsonSchema: JSONValue {
        ["type": "string", "format": "date", "description": .string(textForm)]
    }
    package static var jsonSample: JSONValue { "2023-08-15" }
}

extension DeadlineLimit: DescribedInJSON {
    package static var jsonSchema: JSONValue {
        .object([
            "oneOf": .array(
                [Self.workingDays(0), .calendarDays(0), .hours(0)].map { limit in
                    .oneMember(limit.unitName, .wholeNumber(in: limit.allowedAmounts))
                })
        ])
    }
    package static var jsonSample: JSONValue { ["workingDays": 1] }

    private var unitName: String {
        switch self {
        case .workingDays: "workingDays"
        case .calendarDays: "calendarDays"
        case .hours: "hours"
        }
    }
}

extension DeadlineExtension: DescribedInJSON {
    package static var jsonSchema: JSONValue {
        ["oneOf": [.oneMember("add", .wholeNumber(in: 1...3660)), .oneMember("total", .wholeNumber(in: 1...3660))]]
    }
    package static var jsonSample: JSONValue { ["add": 1] }
}
