import ArgumentParser
import HubServer

/// The program: reads the command line, runs one command, gives its exit code.
@main
struct OneDoor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onedoor",
        abstract: "一口通 OneDoor – the referral hub of a social assistance centre.",
        discussion: """
            求助只问一次:一口进、一口出。People ask once; the hub refers, watches every deadline and answers once.
            先试试 / try it:  onedoor demo --serve
            """, version: ProgramVersion.number,
        subcommands: [
            InitCommand.self, ServeCommand.self, FeedCommand.self, AdapterCommand.self, BoardCommand.self,
            CaseCommand.self, ReplayCommand.self, VerifyCommand.self, RebuildCommand.self, RulesCommand.self,
            BackupCommand.self, RestoreCommand.self, CheckCommand.self, CalendarCommand.self, DueCommand.self,
            DeadlineCommand.self,
            TokenCommand.self, DepartmentCommand.self, DemoCommand.self, ScenarioCommand.self, GenerateCommand.self,
            BenchCommand.self, OpenAPICommand.self, RefusalsCommand.self, VersionCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            finish(with: error)
        }
    }

    /// Says what went wrong and leaves with the code of the table; usage errors are 2, not the library's 64.
    private static func finish(with error: any Error) -> Never {
        if let failure = error as? CommandFailure {
            Console(json: CommandLine.arguments.contains("--json")).fail(failure)
            exit(withError: ExitCode(failure.status.rawValue))
        }
        let code = exitCode(for: error)
        guard code == .validationFailure else { exit(withError: error) }
        Console(json: false).complain(fullMessage(for: error))
        exit(withError: ExitCode(ExitStatus.usage.rawValue))
    }
}
