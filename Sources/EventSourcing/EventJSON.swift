package import FoundationEssentials

/// The JSON of `meta` and `data`: sorted keys, no spaces, so that equal events have equal bytes.
package enum EventJSON {
    static var kindKey: CodingUserInfoKey {
        // A literal that is not empty always makes a key.
        CodingUserInfoKey(rawValue: "onedoor.kind").unsafelyUnwrapped
    }

    /// The bytes to store.
    ///
    /// - Throws: `EncodingError`, which for our own payload types would be a bug.
    package static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// Reads stored bytes; unknown keys are ignored, since later versions may add some.
    package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        try JSONDecoder().decode(type, from: data)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from data: Data, userInfo kind: any Sendable) throws
        -> Value
    {
        let decoder = JSONDecoder()
        decoder.userInfo[kindKey] = kind
        return try decoder.decode(type, from: data)
    }
}
