import CaseDesk
import CaseViews
import EventSourcing
import Foundation
import HubServer
import RuleBook
import Testing

@testable import HubConsole

@Suite struct ConsolePageTests {
    /// Every page in every state a visitor can bring it to.
    private static let pages = [
        "/board", "/board?state=overdue", "/board?mine=true&dueFrom=2023-09-01&provisional=false&paused=court",
        "/board?department=centre&rule=case.exit", "/board?state=met",
        "/cases/DY23-00001", "/cases/DY23-00002", "/cases/DY99-00009", "/nothing", "/board?state=late", "/notices",
    ]

    private func visit(
        _ hub: APIFixture, _ path: String, as role: Role? = .dispatcher, headers: [String: String] = [:]
    ) async throws -> APIFixture.Answer {
        var headers = headers
        if let role { headers["Cookie"] = try await hub.cookie(for: role) }
        return try await hub.get(path, headers: headers)
    }

    @Test(arguments: Language.allCases)
    func `no template asks for a name that is not there`(language: Language) async throws {
        for views in [try FixedViews.sample(), FixedViews()] {
            try await APIFixture.serve(views: views) { hub async throws in
                for page in Self.pages + ["/login"] {
                    let joint = page.contains("?") ? "&" : "?"
                    for role: Role? in [.dispatcher, .operator, nil] {
                        _ = try await visit(hub, "\(page)\(joint)lang=\(language.rawValue)", as: role)
                    }
                }
                #expect(hub.journal.messages.filter { $0.contains("template") } == [])
            }
        }
    }

    @Test func `a name no template knows is noticed`() throws {
        let pages = try Pages()
        let rendered = pages.render(.login, ["title": "x"], in: .chinese)
        #expect(rendered.missing.contains("hasFailed"))
    }

    @Test func `every phrase is there in both languages, and each language in its own script`() {
        for phrase in Phrase.allCases {
            #expect(Phrase.texts[phrase] != nil, "\(phrase)")
            #expect(!phrase.text(in: .chinese).isEmpty && !phrase.text(in: .english).isEmpty, "\(phrase)")
            guard phrase != .otherLanguage else { continue }
            let english = phrase.text(in: .english).unicodeScalars
            #expect(english.allSatisfy { $0.value < 0x2E80 }, "\(phrase) in English has Chinese in it")
        }
    }

    @Test func `each page has one heading, a language, scoped table heads, labels, and no script or inline style`()
        async throws
    {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for page in Self.pages + ["/login"] {
                let html = try await visit(hub, page).text
                #expect(html.hasPrefix("<!DOCTYPE html>"), "\(page)")
                #expect(html.components(separatedBy: "<h1").count == 2, "one h1 on \(page)")
                #expect(html.contains("<html lang=\"zh-Hans\">"))
                #expect(html.components(separatedBy: "<title>").count == 2)
                #expect(!html.contains("<th>"), "every th has a scope on \(page)")
                for forbidden in ["<script", "style=", "onclick", "javascript:"] {
                    #expect(!html.contains(forbidden), "\(forbidden) on \(page)")
                }
                for id in html.ids { #expect(html.components(separatedBy: " id=\"\(id)\"").count == 2, "\(id)") }
            }
        }
    }

    @Test func `light is sign and word and colour, days are counted, dates carry their weekday`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let html = try await visit(hub, "/board").text
            for text in [
                "<span class=\"light overdue\"><span aria-hidden=\"true\">■</span> 逾期</span>",
                "<span class=\"light dueSoon\"><span aria-hidden=\"true\">▲</span> 临期</span>",
                "<span class=\"light onTime\"><span aria-hidden=\"true\">●</span> 正常</span>",
                "<span class=\"light paused\"><span aria-hidden=\"true\">‖</span> 暂停</span>",
                "<span aria-hidden=\"true\">◇</span> 暂定", "逾期 3 个工作日", "剩 2 个工作日", "2023年9月7日(周四)",
                "公安局", "对外承诺", "剩 14 小时", "DY23-00001",
            ] { #expect(html.contains(text), "\(text)") }
            let english = try await visit(hub, "/board?lang=en").text
            for text in ["3 working days overdue", "Thu 7 Sep 2023", "due soon", "<html lang=\"en\">"] {
                #expect(english.contains(text), "\(text)")
            }
        }
    }

    @Test func `counts are links to the lists they count`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let html = try await visit(hub, "/board").text
            #expect(html.contains("href=\"/board?state=overdue&amp;lang=zh\""))
            let overdue = try await visit(hub, "/board?state=overdue&lang=zh").text
            #expect(overdue.components(separatedBy: "<th scope=\"row\"><a href=\"/cases/").count == 2)
            #expect(html.contains("href=\"/board?state=overdue&amp;department=jiaoyu&amp;lang=zh\""))
            #expect(html.contains("按镇街和灯计数") && html.contains("/board?mine=true&amp;lang=zh"))
            let kept = try await visit(hub, "/board?kind=referral&town=huangtang&lang=zh").text
            #expect(kept.contains("<input type=\"hidden\" name=\"kind\" value=\"referral\">"))
            #expect(kept.contains("state=overdue&amp;town=huangtang&amp;kind=referral"))
            #expect(try await visit(hub, "/board?state=met").text.contains("没有符合条件的时限"))
        }
        try await APIFixture.serve { hub async throws in
            #expect(try await visit(hub, "/board").text.contains("没有未结的时限"))
        }
    }

    @Test func `the case page shows items, lanes, meeting, follow-up and timeline, newest first`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let html = try await visit(hub, "/cases/DY23-00001").text
            for text in [
                "调解未成", "邀约", "DY23-M001", "诉讼", "已受理 3", "部门适配器", "命令行", "已发往", "教育局", "学生资助管理中心", "2023年9月11日",
            ] { #expect(html.contains(text), "\(text)") }
            let newest = try #require(html.range(of: "id=\"e63\""))
            let oldest = try #require(html.range(of: "id=\"e60\""))
            #expect(newest.lowerBound < oldest.lowerBound)
        }
    }

    @Test func `whatever a text holds, it stays text`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for page in ["/board", "/cases/DY23-00001"] {
                let html = try await visit(hub, page).text
                #expect(html.contains("张*&lt;img src=x onerror=alert(1)&gt;&quot;\u{301}&#39;"), "\(page)")
                for tag in ["<img", "<b>", "<i>"] { #expect(!html.contains(tag), "\(tag) on \(page)") }
            }
            for path in ["/cases/%3Cscript%3E", "/board?state=%22%3E%3Cscript%3E", "/%3Cscript%3E?x=%27"] {
                #expect(try await visit(hub, path).text.contains("<script") == false, "\(path)")
            }
        }
    }

    @Test func `failures are pages with a number to tell the operator`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for (path, status) in [("/nothing", 404), ("/cases/DY99-00009", 404), ("/board?rule=%00", 400)] {
                let answer = try await visit(hub, path)
                #expect(answer.status == status, "\(path)")
                #expect(answer["content-type"] == "text/html; charset=utf-8")
                let number = try #require(answer["x-request-id"])
                #expect(answer.text.contains(number), "\(path)")
                #expect(answer["content-security-policy"] != nil && answer["onedoor-position"] != nil)
            }
            let wrong = try await hub.send("DELETE", "/board")
            #expect(wrong.status == 405 && wrong["allow"] == "GET, HEAD")
        }
        try await APIFixture.serve(views: FixedViews(failure: .storage("/secret"))) { hub async throws in
            let answer = try await visit(hub, "/board")
            #expect(answer.status == 503 && !answer.text.contains("secret"))
        }
    }

    @Test func `a demo says so on every page, and only a demo`() async throws {
        for isDemo in [true, false] {
            try await APIFixture.serve(views: .sample(), isDemo: isDemo) { hub async throws in
                for page in Self.pages + ["/login"] {
                    #expect(try await visit(hub, page).text.contains("演示环境") == isDemo, "\(page)")
                }
            }
        }
    }

    @Test func `the browser's language counts only where it is English and not Chinese`() async throws {
        try await APIFixture.serve { hub async throws in
            for (accepted, tag) in [
                ("en-GB,en;q=0.9", "en"), ("en,zh-CN;q=0.8", "zh-Hans"), ("fr", "zh-Hans"), ("", "zh-Hans"),
            ] {
                let html = try await hub.get("/login", headers: ["Accept-Language": accepted]).text
                #expect(html.contains("<html lang=\"\(tag)\">"), "\(accepted)")
            }
        }
    }

    @Test func `the style sheet is sent once and confirmed after that`() async throws {
        try await APIFixture.serve { hub async throws in
            let first = try await hub.get("/assets/console.css")
            #expect(first.status == 200 && first["content-type"] == "text/css; charset=utf-8")
            let tag = try #require(first["etag"])
            let again = try await hub.get("/assets/console.css", headers: ["If-None-Match": tag])
            #expect(again.status == 304 && again.data.isEmpty)
        }
    }

    @Test(arguments: [
        ("#fff", "#b10e1e", 7.1), ("#0b0c0c", "#fd0", 14.5), ("#fff", "#00703c", 6.2), ("#fff", "#505a5f", 7.0),
        ("#505a5f", "#f3f2f1", 4.5), ("#1d4ed8", "#fff", 6.6), ("#1d4ed8", "#f3f2f1", 4.5), ("#505a5f", "#fff7bf", 4.5),
    ])
    func `text stands out from its ground`(text: String, ground: String, least: Double) throws {
        let css = String(decoding: PackageResources.console_css, as: UTF8.self)
        #expect(css.contains(text) && css.contains(ground), "the sheet still uses these colours")
        let light = try [text, ground].map { try Contrast.luminance($0) }.sorted()
        #expect((light[1] + 0.05) / (light[0] + 0.05) >= least)
    }
}

/// Relative luminance as WCAG 2.2 defines it.
private enum Contrast {
    static func luminance(_ colour: String) throws -> Double {
        var digits = Array(colour.dropFirst())
        if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        let parts = try stride(from: 0, to: 6, by: 2).map { index in
            let byte = try #require(Int(String(digits[index...index + 1]), radix: 16))
            let value = Double(byte) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}

extension String {
    /// The values of all `id` attributes.
    fileprivate var ids: [String] {
        components(separatedBy: " id=\"").dropFirst().compactMap { $0.split(separator: "\"").first.map(String.init) }
    }
}
