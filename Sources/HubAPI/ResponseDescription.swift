import EventSourcing

/// Describes the answers: what each status means, and what every one carries.
enum ResponseDescription {
    /// The answer when all went well.
    static func success(_ status: Int, _ schema: JSONValue, _ mediaTypes: [String]) -> JSONValue {
        [
            "description": status == 201 ? "已办理并新建 / done, and something was created" : "完成 / done",
            "headers": headerReferences,
            "content": .object(Dictionary(uniqueKeysWithValues: mediaTypes.map { ($0, ["schema": schema]) })),
        ]
    }

    /// Every failure by the name of its status.
    static var failures: [String: JSONValue] {
        meanings.reduce(into: [:]) { responses, meaning in
            var headers: [String: JSONValue] = [:]
            if case .object(let common) = headerReferences { headers = common }
            if meaning.status == 401 { headers["WWW-Authenticate"] = ["schema": ["type": "string"]] }
            if meaning.status == 503 {
                headers["Retry-After"] = ["schema": ["type": "integer", "minimum": 0]]
            }
            responses[name(meaning.status)] = [
                "description": .string(meaning.text), "headers": .object(headers),
                "content": [
                    "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
                ],
            ]
        }
    }

    /// The headers that every answer has.
    static let headers: [String: JSONValue] = [
        "OneDoor-Position": [
            "description": "答复为真的位置 / up to where in the log the answer is true", "required": true,
            "schema": ["type": "integer", "minimum": 0],
        ],
        "X-Request-Id": [
            "description": "告诉系统管理员的请求编号 / tell it to the operator", "required": true, "schema": ["type": "string"],
        ],
    ]

    /// What a failure is called under `components/responses`.
    static func name(_ status: Int) -> String { "Status\(status)" }

    private static let headerReferences: JSONValue = [
        "OneDoor-Position": ["$ref": "#/components/headers/OneDoor-Position"],
        "X-Request-Id": ["$ref": "#/components/headers/X-Request-Id"],
    ]

    private static let meanings: [(status: Int, text: String)] = [
        (400, "读不懂:字段、类型或格式不对 / it does not read: a field, a type or a form is wrong"),
        (401, "没有有效的令牌 / no valid token"),
        (403, "角色无权 / the role may not"),
        (404, "没有,或无权知道 / there is none, or none the caller may know of"),
        (409, "别人刚改动了同一件事,请重发 / someone changed the same thing; send it again"),
        (413, "正文超过 1 MiB / the body is over 1 MiB"),
        (415, "正文不是 JSON / the body is not JSON"),
        (422, "读得懂,但规则不允许 / it reads, and a rule says no"),
        (500, "程序出错 / the program failed"),
        (503, "暂不可用,稍后重发 / not now; send it again later"),
        (507, "磁盘已满,没有记下任何东西 / the disk is full; nothing was recorded"),
    ]
}
