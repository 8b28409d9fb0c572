package import EventSourcing
package import WorkingCalendar

/// Who holds a post from a day on; the payload of `PostHolderChanged`.
///
/// It names an account, never a person: who that is stands with the accounts.
package struct PostTenure: EventPayload {
    package var post: PostCode
    /// Nothing while the post is vacant.
    package var holder: AccountID?
    /// First civil day.
    package var from: CivilDay
    /// Last civil day; nothing means until somebody else follows.
    package var until: CivilDay?

    package init(post: PostCode, holder: AccountID?, from: CivilDay, until: CivilDay? = nil) {
        self.post = post
        self.holder = holder
        self.from = from
        self.until = until
    }
}
