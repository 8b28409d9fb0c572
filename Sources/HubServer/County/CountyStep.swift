/// One step of a case; numbers say which of its referrals is meant.
enum CountyStep {
    case ask, apply, askSupplement, receiveSupplement, visit, triage, dispatch, justify
    case convene, meet, confirmMinutes
    case receive(Int)
    case answer(Int)
    case rule(Int)
    case start(Int)
    case report(Int)
    case hold(Int)
    case resume(Int)
    case finish(Int)
    case check(Int)
    case emergency, appeal, reopen
    case decide, tell, confirmExit, verify
    case review(followUp: Int)
    case conclude(followUp: Int)
}
