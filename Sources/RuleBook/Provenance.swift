/// Where an entry of the rule book comes from.
package enum Provenance: String, CaseIterable, Codable, Hashable, Sendable {
    /// Stated in the article this county is modelled on.
    case stated
    /// Made up to have a whole working county; to be replaced by whoever runs one.
    case example
    /// Laid down by the county that runs this hub.
    case local
}
