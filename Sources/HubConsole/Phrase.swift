/// Every fixed text of the console; `Phrase.texts` has both languages of each, which a test holds.
enum Phrase: String, CaseIterable, Sendable {
    // On every page
    case languageTag, otherLanguageTag, otherLanguage, productName, skipToContent, demoStripe, mainMenu, footer
    case signIn, signInFailed, signOut, token, tokenNote, requestNumber, backToBoard, backToSignIn
    // The board
    case boardTitle, boardCaption, boardBehind, asOf, event, reload, countsByLight, allOpen, showAllOpen, any
    case department, deadline, light, applyFilter, caseNumber, party, what, due, left, who, since, provisional
    case provisionalNote, promise, nextPage, centre, noneOpen, noneMatching, unknownParty, none
    case mine, dueToday, dueTomorrow, dueThisWeek, urgent, paused, provisionalOnly, quickViews, clearFilters
    case policyItem, pauseReason, commitment, noPromise, firmness, firm, dueFrom, dueThrough, noTown
    case level, village, sortedBy, started, irregularPauses, lateByFive, pausedOver10, supervised, levelFrom
    case attention, extended, lastTouch, supervision, lateRecord, lateRecords, notAccepted, minutesMissing
    case countsByDepartment, countsByTown, total
    // The case
    case `case`, state, town, opened, exited, deadlines, noDeadlines, items, item, path, outcome, notified, noItems
    case referrals, referral, kind, lead, coHandlers, dispatched, noReferrals, offer, meetings, meeting, invited
    case resolutions, noMeetings, followUps, followUp, noFollowUps, timeline, externalReference, informed, recordedAt
    case promiseBroken, yes, no, remind, openWord, closedWord, fromPeople, fromAdapter, fromCommandLine, fromSystem
    // The inbox
    case noticesTitle, noticeFor, noticeRead, markRead, noNotices, printReminder

    /// The text in one language.
    func text(in language: Language) -> String {
        guard let pair = Self.texts[self] else { return rawValue }
        switch language {
        case .chinese: return pair.chinese
        case .english: return pair.english
        }
    }
}
