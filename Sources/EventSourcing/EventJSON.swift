package import FoundationEssentials

/// The JSON of `meta` and `data`: sorted keys, no spaces, so that equal events have equal bytes.
package enum EventJSON {
    /// The bytes to store.
    ///
    /// - Throws: `EncodingError`, which for our own payload types would be a bug.
    package static func encode(_ value: some Encodable) throws -> Data {
        let pen = JSONPen()
        try pen.write(value)
        return Data(pen.bytes)
    }

    /// Reads stored bytes; unknown keys are ignored, since later versions may add some.
    ///
    /// - Throws: `DecodingError`, without the stored values.
    package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        try JSONTape(data).value(type, at: 0)
    }

    /// A decoder of stored bytes, for a type that is not known from a metatype alone.
    ///
    /// - Throws: `DecodingError` when the bytes are not JSON.
    static func decoder(of data: Data) throws -> some Decoder {
        JSONTapeDecoder(tape: try JSONTape(data), index: 0)
    }
}
