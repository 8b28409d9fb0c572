package import EventSourcing
package import FoundationEssentials
package import RuleBook

/// What the desk needs of the key file beyond sealing: identities, request fingerprints, callers.
package protocol DeskKeys: PersonalDataKeys {
    /// Tells a repeat from another command under the same id (`FORMATS.md` §5), 32 bytes.
    func fingerprint(commandType: String, subject: String, body: Data) -> Data

    /// Gives a person a key and an identity row before the event that uses them.
    ///
    /// - Parameter proposed: The reference a new person gets.
    /// - Returns: The reference the identity number already has, else `proposed`.
    /// - Throws: ``DeskError`` naming the field when name or identity number do not read.
    func admitPerson(identity: JSONValue, proposed: PersonReference) throws(DeskError) -> PersonReference

    /// The person with this identity number, 18 checked characters.
    func person(identityNumber: String) throws(DeskError) -> PersonReference?

    /// Persons whose name may hold these two or more characters, at most `limit`; to be compared after opening.
    func persons(named fragment: String, limit: Int) throws(DeskError) -> [PersonReference]

    /// Persons with this telephone number, digits alone, at most `limit`.
    func persons(withPhone number: String, limit: Int) throws(DeskError) -> [PersonReference]

    /// Makes these the telephone numbers a person is found by.
    func indexPhones(_ numbers: [String], of person: PersonReference) throws(DeskError)

    /// Who holds a token, or nobody.
    func authenticate(token: String) -> Principal?
}
