package import FoundationEssentials

/// Seals and opens the personal parts of events: the port that the key store fulfils.
package protocol PersonalDataKeys: Sendable {
    /// Encrypts the JSON of one part under its person's key with a fresh nonce.
    ///
    /// - Throws: ``PersonalDataKeysError`` when the person has no key.
    func seal(_ plaintext: Data, in context: SealedSectionContext) throws(PersonalDataKeysError) -> SealedSection

    /// Decrypts one part.
    ///
    /// - Returns: Nothing when the person has been erased, or the ciphertext has.
    /// - Throws: ``PersonalDataKeysError`` when there is ciphertext but it cannot be opened.
    func open(_ section: SealedSection, in context: SealedSectionContext) throws(PersonalDataKeysError) -> Data?
}

/// Why personal data could not be sealed or opened.
package enum PersonalDataKeysError: Error, Hashable, Sendable {
    /// The person was never given a key: keys older than the log, or a reference that does not exist.
    case unknownPerson(PersonReference)
    /// The key does not open the part: altered, or another person's.
    case notAuthentic
    /// The key file cannot be used.
    case unavailable(String)
}
