import HubAPI

/// The texts of `schemas/` that the program writes itself, so that they are never behind it.
package enum GeneratedText {
    /// `schemas/openapi.yaml`.
    package static var openAPI: String { OpenAPIDocument().yaml }
    /// `schemas/refusals.md`.
    package static var refusals: String { RefusalTable.markdown }
}
