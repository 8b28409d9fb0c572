import CaseDesk
import CaseViews
import HTTPTypes
import RuleBook

/// Why a page cannot be shown, in words for the person in front of it.
struct ConsoleProblem: Error {
    let status: HTTPResponse.Status
    let title: Label
    let detail: Label
    let remedy: Label?

    static let notFound = ConsoleProblem(
        status: .notFound, title: Label("未找到", "Not found"),
        detail: Label("没有这个页面,或者您无权查看。", "There is no such page, or you may not see it."),
        remedy: Label("请核对编号。", "Check the number."))

    static let forbidden = ConsoleProblem(
        status: .forbidden, title: Label("无权查看", "Not permitted"),
        detail: Label(
            "您的角色不能查看这个页面;调度员、主管、复核人、联席会议办公室、站点和审计可以。",
            "Your role may not see this page; dispatcher, supervisor, approver, meeting office, station and auditor may."
        ),
        remedy: Label("请与中心主管联系。", "Ask the supervisor of the centre."))

    static let crossSite = ConsoleProblem(
        status: .forbidden, title: Label("请求被拒绝", "Refused"),
        detail: Label("这个请求来自别的网站。", "This request came from another site."),
        remedy: Label("请从本站页面重新操作。", "Do it again from a page of this site."))

    static let badParameter = ConsoleProblem(
        status: .badRequest, title: Label("地址有误", "Bad address"),
        detail: Label("地址中的筛选条件格式不对。", "A filter in the address is not of its form."),
        remedy: Label("请从看板重新筛选。", "Start again from the board."))

    static let badForm = ConsoleProblem(
        status: .badRequest, title: Label("表单有误", "Bad form"),
        detail: Label("表单内容读不出来。", "The form cannot be read."), remedy: nil)

    init(status: HTTPResponse.Status, title: Label, detail: Label, remedy: Label?) {
        self.status = status
        self.title = title
        self.detail = detail
        self.remedy = remedy
    }

    init(_ error: DeskError) {
        self.init(
            status: .serviceUnavailable, title: Label("暂时无法显示", "Not available now"),
            detail: Label(error.chinese, error.english), remedy: nil)
    }

    init(_: ViewStoreError) {
        self.init(
            status: .serviceUnavailable, title: Label("暂时无法显示", "Not available now"),
            detail: Label("视图暂不可用。", "The views cannot be read now."),
            remedy: Label("稍后再试,或告诉系统管理员。", "Try again later, or tell the operator."))
    }
}
