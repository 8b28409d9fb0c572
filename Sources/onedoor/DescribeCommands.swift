import ArgumentParser
import HubServer

/// The description of the API, for `schemas/openapi.yaml`.
struct OpenAPICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "接口说明 – the description of the API (OpenAPI 3.1): onedoor openapi > schemas/openapi.yaml")

    func run() {
        Console(json: false).text(GeneratedText.openAPI)
    }
}

/// All refusals, for `schemas/refusals.md`.
struct RefusalsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refusals",
        abstract: "拒绝一览 – what the hub refuses, and what to do: onedoor refusals > schemas/refusals.md")

    func run() {
        Console(json: false).text(GeneratedText.refusals)
    }
}
