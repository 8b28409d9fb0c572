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
                [Self.workingDays(0), .calendarDays(0), .hours(0), .workingHours(0), .months(0)].map { limit in
                    .oneMember(limit.unitName, .wholeNumber(in: limit.allowedAmounts))
                } + [.oneMember("fixedDate", CivilDay.jsonSchema)])
        ])
    }
    package static var jsonSample: JSONValue { ["workingDays": 1] }

    private var unitName: String {
        switch self {
        case .workingDays: "workingDays"
        case .calendarDays: "calendarDays"
        case .hours: "hours"
        case .workingHours: "workingHours"
        case .months: "months"
        case .fixedDate: "fixedDate"
        }
    }
}

extension DeadlineExtension: DescribedInJSON {
    package static var jsonSchema: JSONValue {
        ["oneOf": [.oneMember("add", .wholeNumber(in: 1...3660)), .oneMember("total", .wholeNumber(in: 1...3660))]]
    }
    package static var jsonSample: JSONValue { ["add": 1] }
}

extension OfficeHours: DescribedInJSON {
    package static var jsonSchema: JSONValue {
        let time: JSONValue = ["type": "string", "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"]
        return [
            "type": "array", "minItems": 1, "maxItems": 6,
            "items": ["type": "array", "minItems": 2, "maxItems": 2, "items": time],
        ]
    }
    package static var jsonSample: JSONValue { [["09:00", "12:00"], ["13:30", "17:30"]] }
}
